import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { runCli } from '../src/cli/program.ts';

async function run(line: string, files: Record<string, string> = {}) {
  const said: string[] = [];
  const complaints: string[] = [];
  const progress: (string | undefined)[] = [];
  const code = await runCli(line.split(' '), {
    clock: systemClock,
    version: '1',
    print: (text) => void said.push(text),
    complain: (text) => void complaints.push(text),
    progress: (text) => void progress.push(text),
    readFile: async (path) =>
      files[path] === undefined ? readFile(path) : new TextEncoder().encode(files[path]),
    gunzip: (bytes) => gunzipSync(bytes),
  });
  return { code, said: said.join('\n'), complaints: complaints.join('\n'), progress };
}

test('ev: a preset, changed by a flag, as text and as JSON, with progress', async () => {
  const text = await run('ev --rules single-deck --set dealer=H17');
  expect(text).toMatchObject({ code: 0, said: expect.stringContaining('EV (CDZ-) -0.') });
  expect(text.progress).toContain('50 %');
  const { ev, evByUp } = JSON.parse((await run('ev --rules single-deck --json')).said);
  expect(ev).toBeCloseTo(0.0018193431, 9);
  expect(evByUp).toHaveLength(10);
});

test('rules come from a file too', async () => {
  const files = { 'club.json': JSON.stringify({ decks: 1, SPL: 0 }) };
  const { said } = await run('ev --rules club.json --json', files);
  expect(JSON.parse(said).ev).toBeCloseTo(-0.003334915962808, 12);
});

test('strategy: by two cards, by total, and where the chart errs', async () => {
  expect((await run('strategy --set decks=1')).said).toContain('6T   H S S S S S H H H H');
  expect((await run('strategy --strategy TD')).said).toContain('soft 18  H  S  Ds Ds Ds Ds S  S  H  H');
  const { said } = await run('strategy --set decks=1 --strategy TD --exceptions');
  expect(said).toContain('2,T against 4: hit, not stand');
});

test('hand, dealer, eor, compare, simulate answer', async () => {
  expect((await run('hand 8,8 T')).said).toMatch(/split .* best/);
  expect((await run('dealer --set decks=1')).said).toContain('BJ: 0.313725');
  expect((await run('eor --set decks=1')).said.split('\n')).toHaveLength(10);
  expect((await run('compare single-deck double-deck')).said).toContain('difference');
  const played = await run('simulate --rounds 1000 --set decks=1 --json');
  expect(JSON.parse(played.said)).toMatchObject({ rounds: 1000 });
});

test('a wrong line exits with 2 and says what is wrong', async () => {
  expect(await run('ev --set decks=6 DSA=true DAS=false')).toMatchObject({
    code: 2,
    complaints: expect.stringContaining('DSA with DAS'),
  });
  expect(await run('ev --set deks=6')).toMatchObject({
    code: 2,
    complaints: expect.stringContaining('deks: unknown rule'),
  });
  expect(await run('hand 8,8')).toMatchObject({ code: 2 });
  expect(await run('hand X T')).toMatchObject({ code: 2 });
  expect(await run('check none.json')).toMatchObject({ code: 2 });
});

test('check: a wrong number fails, an estimate is only shown', async () => {
  const item = (ev: number, exact: boolean) => ({
    id: `ev ${ev}`,
    kind: 'overall',
    rules: { decks: 1, SPL: 0 },
    strategy: 'CDZ-',
    expect: { ev },
    tol: 1e-9,
    exact,
  });
  const files = {
    'good.json': JSON.stringify({ items: [item(-0.003334915962808, true), item(0, false)] }),
    'bad.json': JSON.stringify({ items: [item(0, true)] }),
  };
  expect(await run('check good.json', files)).toMatchObject({
    code: 0,
    said: expect.stringContaining('1 passed, 0 failed'),
  });
  expect(await run('check bad.json', files)).toMatchObject({
    code: 1,
    said: expect.stringContaining('0 passed, 1 failed'),
  });
});
