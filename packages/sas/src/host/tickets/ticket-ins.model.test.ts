import { integerBetween, seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { burstLine } from '../../../test/model/burst-line.ts';
import { Life } from '../../../test/model/crashing-host.ts';
import { SimulatedMachine } from '../../simulator/index.ts';
import { MemoryJournal } from '../index.ts';
import { TicketInResult } from './ticket-in-journal.ts';

const tickets = 1000;

test('1 000 tickets in, the host killed at any step: none is told as given back that was paid, or the other way', async () => {
  const clock = new VirtualClock();
  const random = seededRandom(7);
  const line = burstLine(clock, (symbols) => symbols);
  const machine = new SimulatedMachine(
    { synced: false, options: { answerDelayMs: 1, ticketDelayMs: 60, escrowMs: 10_000 } },
    { clock, random },
  );
  machine.port.connect(line.machine);
  const disk = new MemoryJournal();
  const results = new Map<string, TicketInResult>();
  const worth = (validationData: string) => (Number(validationData.slice(-4)) % 90) + 1;
  let kills = 0;
  const kill = (life: Life) => {
    kills++;
    life.kill();
  };
  const begin = () =>
    new Life({
      clock,
      random,
      line: line.host,
      disk,
      worth,
      deliver: (given) => {
        const result = TicketInResult.parse(given);
        expect(results.get(result.validationData) ?? result).toEqual(result);
        results.set(result.validationData, result);
      },
      atStep: (life) => {
        if (random.float() < 0.05) kill(life);
      },
    });

  const paid = new Map<string, boolean>();
  let life = begin();
  for (let n = 0; n < tickets; n++) {
    await clock.advanceUntil(() => life.host.capabilities !== undefined);
    const number = String(n).padStart(18, '0');
    const before = machine.meters.read('0080')!;
    expect(machine.ticketsIn.insert(number)).toBe(true);
    const victim = life;
    if (random.float() < 0.3) clock.after(integerBetween(random, 0, 600), () => kill(victim));
    // To the end of the ticket in the machine, and of what the host has in its journal.
    for (let rest = 0; rest < 4; rest++) {
      await clock.advance(700);
      if (life.isOver) life = begin();
      if (machine.ticketsIn.isBusy || (await disk.open()).length > 0) rest = 0;
    }
    disk.entries.length = 0;
    paid.set(number, machine.meters.read('0080')! - before === worth(number));
  }
  const wrong = [...results.values()].filter(
    ({ state, validationData }) =>
      state !== 'unresolved' && (state === 'redeemed') !== paid.get(validationData),
  );
  expect(wrong).toEqual([]);
  // Every ticket that was paid is known of, if only by a person who is told to look.
  expect([...paid].filter(([number, was]) => was && !results.has(number))).toEqual([]);
  expect(machine.ledger.sum).toBe(0);
  expect(kills).toBeGreaterThan(tickets / 10);
  expect([...results.values()].filter(({ state }) => state === 'redeemed').length).toBeGreaterThan(
    tickets * 0.8,
  );
}, 120_000);
