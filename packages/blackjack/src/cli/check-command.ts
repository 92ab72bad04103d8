import { Command } from 'commander';
import { referenceFileSchema } from '../check/item.ts';
import { score, type Verdict } from '../check/score.ts';
import { type CliParts, exit, WrongUse } from './cli-parts.ts';

export const checkCommand = (parts: CliParts, done: (code: number) => void): Command =>
  new Command('check')
    .description('computes every result of a reference file (.json or .json.gz) and compares')
    .argument('<file>')
    .option('--json', 'print JSON')
    .option('--kind <kinds>', 'only these kinds, separated by commas')
    .action(async (file: string, options: { json?: boolean; kind?: string }) => {
      const kinds = options.kind?.split(',');
      const items = (await readItems(parts, file)).filter(
        (item) => !kinds || kinds.includes(String((item as { kind?: unknown } | null)?.kind)),
      );
      done(run(parts, items, options.json === true));
    });

async function readItems(parts: CliParts, file: string): Promise<unknown[]> {
  const bytes = await parts.readFile(file).catch((error: unknown) => {
    throw new WrongUse(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return referenceFileSchema.parse(
      JSON.parse(new TextDecoder().decode(isGzip ? parts.gunzip(bytes) : bytes)),
    ).items;
  } catch {
    throw new WrongUse(`${file} is not a reference file: JSON with "items", gzipped or not`);
  }
}

function run(parts: CliParts, items: readonly unknown[], json: boolean): number {
  const started = parts.clock.monotonic();
  const verdicts: Verdict[] = [];
  items.forEach((item, i) => {
    parts.progress(`${i + 1} of ${items.length}`);
    verdicts.push(score(item));
  });
  parts.progress(undefined);
  const scored = verdicts.filter((verdict) => verdict.scored);
  const passed = scored.filter((verdict) => verdict.passed).length;
  const failed = scored.length - passed;
  const seconds = (parts.clock.monotonic() - started) / 1000;
  if (json) parts.print(JSON.stringify({ passed, failed, seconds, verdicts }));
  else {
    for (const verdict of verdicts.filter(({ passed: ok, scored: counts }) => counts && !ok))
      parts.print(`failed ${verdict.kind} ${verdict.id}: ${verdict.why}`);
    for (const verdict of verdicts.filter(({ scored: counts }) => !counts))
      parts.print(`estimate, not scored: ${verdict.kind} ${verdict.id}: off by ${verdict.worst}`);
    for (const kind of new Set(scored.map((verdict) => verdict.kind))) {
      const of = scored.filter((verdict) => verdict.kind === kind);
      parts.print(`${kind}: ${of.filter((verdict) => verdict.passed).length} of ${of.length}`);
    }
    parts.print(`in ${seconds.toFixed(1)} s`);
    parts.print(`${passed} passed, ${failed} failed`);
  }
  return failed > 0 || scored.length === 0 ? exit.failed : exit.done;
}
