import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseRules } from '../rules/parse-rules.ts';
import { prepareGame } from '../play/game.ts';
import { compositionDependent } from './composition-dependent.ts';
import { totalDependent } from './total-dependent.ts';
import { handRows } from '../results/hand-table-rows.ts';
const d = JSON.parse(gunzipSync(readFileSync(new URL('../../test/vectors/blackjack.json.gz', import.meta.url))).toString());
const kinds = process.argv[2]?.split(',');
let ok = 0, bad = 0; const t00=performance.now();
for (const it of d.items) {
  if (!['overall','perhand','depleted','eor-base','mgp','refca','published','published-hands'].includes(it.kind)) continue;
  if (kinds && !kinds.some(k=>it.kind===k||it.id.startsWith(k))) continue;
  const t0 = performance.now();
  let worst = 0, where = '';
  const cmp = (a: any, b: any, w: string) => { if (b === null) return; const e = Math.abs(a - b); if (!(e <= worst)) { worst = e; where = w + ' ' + a + ' ' + b; } };
  let game: any;
  try {
    game = prepareGame(parseRules(it.rules));
    const evs = new Map();
    let ev = 0, td=0, tc=0;
    const rows = new Map();
    for (const up of game.upcards) { const v = compositionDependent(game, up, it.strategy); evs.set(up, v.ev); ev += v.ev * game.pack.counts[up] / game.pack.size; if (it.expect.evTD!==undefined) { const q=game.pack.counts[up]/game.pack.size; td += totalDependent(game, v,'TD').ev*q; tc += totalDependent(game,v,'2C').ev*q; } for (const r of handRows(game, v)) rows.set([...r.cards, r.up].join(), r); }
    if (it.expect.ev !== undefined) cmp(ev, it.expect.ev, 'ev');
    if (it.expect.evTD!==undefined) { cmp(td, it.expect.evTD,'TD'); cmp(tc, it.expect.ev2C,'2C'); }
    it.expect.evByUp?.forEach((x: any, i: number) => cmp(evs.get(i), x, 'up' + (i + 1)));
    for (const row of it.expect.hands?.rows ?? []) { const r = rows.get(row.slice(0, 3).join()); ['stand', 'hit', 'double', 'split', 'surrender'].forEach((k, i) => cmp(r?.[k], row[3 + i], row.slice(0, 3) + k)); }
  } catch (e) { worst = NaN; where = String(e); }
  const pass = worst <= it.tol; pass ? ok++ : bad++;
  if (!pass) console.log(it.id, it.kind, worst, where, (performance.now() - t0).toFixed(0), game?.odds.computed);
  else if (process.argv[3]) console.log(it.id, 'ok', worst, (performance.now() - t0).toFixed(0), game?.odds.computed);
}
console.log(ok, bad, (performance.now()-t00).toFixed(0));
