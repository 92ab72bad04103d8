import { integerBetween, pick, seededRandom } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import { EgmBench } from '../../test/egm-bench.ts';

let bench: EgmBench;
afterEach(() => bench.end());

const watched = new Set(['11', '12', '29', '66']);

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a cable that is loose all evening, in both wires or in one, costs no event and doubles none (seed %i)',
  async (seed) => {
    bench = new EgmBench({ seed });
    const random = seededRandom(seed);
    const raised: string[] = [];
    const { machine, clock } = bench;
    machine.onRaised = (code) => void (watched.has(code) && raised.push(code));
    await bench.started();
    for (let round = 0; round < 60; round++) {
      machine.raise({ code: pick(random, ['29', '66']) });
      await clock.advance(integerBetween(random, 0, 900));
      bench.isCut = pick(random, [true, 'toMachine', 'toHost']);
      await clock.advance(integerBetween(random, 1, 7000));
      bench.isCut = false;
      await clock.advance(integerBetween(random, 200, 6000));
    }
    await clock.advance(60_000);
    const told = bench.facts('exception').flatMap(({ code }) => (watched.has(String(code)) ? [code] : []));
    expect(told).toEqual(raised);
    expect(bench.facts('exception').filter(({ maybeRepeated }) => maybeRepeated)).toEqual([]);
  },
);
