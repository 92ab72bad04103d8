import { seconds } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { EgmBench } from '../../test/egm-bench.ts';
import { TransferFact } from '../facts/index.ts';

/**
 * The process is killed at every single write, before it and after it, and started again at once (the machine still
 * waits) or after the machine has given the host up.
 */
let bench: EgmBench;
afterEach(() => bench.end());

/** Codes that wait in the machine's queue; the flags 51 and 69 are raised again and again until they are served. */
const queued = new Set(['11', '12', '29', '52', '66']);

interface Evening {
  readonly raised: readonly string[];
  readonly told: readonly { readonly code: string; readonly maybeRepeated: boolean }[];
}

/** A door, three faults of the same kind in a row, a handpay paid by key, and a transfer, with one crash in between. */
async function evening(dieAt: number, away: number): Promise<Evening> {
  bench = new EgmBench({ setup: { identity: { denomCode: 4 } } });
  bench.dieAt = dieAt;
  const raised: string[] = [];
  const { machine, clock } = bench;
  machine.onRaised = (code) => void (queued.has(code) && raised.push(code));
  const step = async (happen: () => void, wait: number) => {
    happen();
    for (let waited = 0; waited < wait; waited += 250) {
      await clock.advance(250);
      if (bench.isDead) await bench.restart(away);
    }
  };
  bench.start();
  await step(() => {}, 4000);
  await step(() => machine.play.door(true), 600);
  await step(() => machine.play.door(false), 1500);
  await step(() => {
    for (let n = 0; n < 3; n++) machine.raise({ code: '29' });
  }, 2500);
  await step(() => machine.play.game(5, 4000, 'attendant'), 4000);
  await step(() => machine.handpays.keyOff(), 4000);
  const order = { transfer: 'D1-7', kind: 'cashable', amountCents: 5000, allowPartial: false };
  await step(() => void bench.act('transferToMachine', order).catch(() => {}), 8000);
  await step(() => machine.raise({ code: '66' }), 40_000);
  const told = bench
    .facts('exception')
    .flatMap(({ code, maybeRepeated }) =>
      queued.has(String(code)) ? [{ code: String(code), maybeRepeated: maybeRepeated === true }] : [],
    );
  return { raised, told };
}

function expectAllOnce({ raised, told }: Evening, when: string): void {
  const codes = told.map(({ code }) => code);
  // What the machine may have said twice, for want of an answer, is marked: then it is one too many at most.
  const certain = told.filter(({ maybeRepeated }) => !maybeRepeated).map(({ code }) => code);
  expect(codes.length === raised.length ? codes : certain, when).toEqual(raised);
  const numbers = bench.facts('exception').map(({ number }) => number);
  expect(new Set(numbers).size, when).toBe(numbers.length);
}

function expectMoneyOnce(when: string): void {
  expect(
    bench.facts('handpay').map(({ amountCents }) => amountCents),
    when,
  ).toEqual([100_000]);
  const moved = bench.machine.meters.read('00A0');
  const facts = bench.facts('transfer').map((fact) => TransferFact.parse(fact));
  const told = facts.flatMap((fact) => [fact, ...fact.entries.filter(({ transfer }) => transfer === 'D1-7')]);
  const done = told.some(({ status, amountCents }) => status === '00' && amountCents === 5000);
  // Never twice, and never otherwise than what was told: an order that nobody took has no fact at all.
  expect(moved, when).toBe(done ? 5000 : 0);
  const sent = facts.filter(({ message }) => message === 'sent').length;
  expect(sent, when).toBeLessThanOrEqual(1);
  expect(bench.machine.ledger.sum, when).toBe(0);
  expect(bench.wrong, when).toEqual([]);
}

async function writesOf(): Promise<number> {
  expectAllOnce(await evening(Number.POSITIVE_INFINITY, 0), 'without a crash');
  expectMoneyOnce('without a crash');
  const { writePoints } = bench;
  bench.end();
  return writePoints;
}

test.each([
  ['at once', 100],
  ['when the machine has given the host up', seconds(20)],
])(
  'killed at every write and started again %s, no exception is lost or doubled and money moves at most once',
  async (_, away) => {
    const points = await writesOf();
    expect(points).toBeGreaterThan(60);
    for (let dieAt = 1; dieAt <= points; dieAt++) {
      const when = `killed at write point ${dieAt} of ${points}, away ${away} ms`;
      const told = await evening(dieAt, away);
      expectAllOnce(told, when);
      expectMoneyOnce(when);
      if (away === 100)
        expect(
          told.told.filter(({ maybeRepeated }) => maybeRepeated),
          when,
        ).toEqual([]);
      bench.end();
    }
    bench = new EgmBench();
  },
  300_000,
);
