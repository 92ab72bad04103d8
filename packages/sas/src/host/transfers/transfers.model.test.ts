import { isDeepStrictEqual } from 'node:util';
import { integerBetween, pick, seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { burstLine } from '../../../test/model/burst-line.ts';
import { Life } from '../../../test/model/crashing-host.ts';
import { decodeRequest } from '../../frames/index.ts';
import { type LineSymbol, memoryLine, randomFault, type WireFault } from '../../line/index.ts';
import { SimulatedMachine } from '../../simulator/index.ts';
import { MemoryJournal, SasHost } from '../index.ts';
import { TransferResult } from './transfer-journal.ts';

const transfers = 10_000;

/** The id of an order to move money, if this message is one. */
function orderedId(symbols: readonly LineSymbol[]): string | undefined {
  const decoded = decodeRequest(Uint8Array.from(symbols));
  if (!decoded.ok || decoded.value.message !== 'longPoll' || decoded.value.command !== '72') return undefined;
  const { transferCode, transactionId } = decoded.value;
  return transferCode === 0 || transferCode === 1 ? String(transactionId) : undefined;
}

test('10 000 transfers, power and link cut on either side at any step: not a cent made or lost, none twice', async () => {
  const clock = new VirtualClock();
  const random = seededRandom(20_260_102);
  const cuts = { host: 0, link: 0, machine: 0 };
  let linkIsCut = false;
  const strike = randomFault(random, { flippedBit: 0.003, lostMessage: 0.003 });
  const fault: WireFault = (symbols) => (linkIsCut ? symbols.map(() => undefined) : strike(symbols));
  const line = burstLine(clock, fault);
  const machine = new SimulatedMachine(
    { synced: false, credits: 100_000, options: { answerDelayMs: 1, aftDelayMs: 60 } },
    { clock, random },
  );
  machine.port.connect(line.machine);

  /** Mostly a moment, at times longer than the link survives. */
  const outage = () =>
    random.float() < 0.8 ? integerBetween(random, 10, 600) : integerBetween(random, 3000, 12_000);
  const cut = {
    host(life: Life) {
      cuts.host++;
      life.kill();
    },
    link() {
      if (linkIsCut) return;
      cuts.link++;
      linkIsCut = true;
      clock.after(outage(), () => {
        linkIsCut = false;
      });
    },
    machine() {
      if (!machine.isOn) return;
      cuts.machine++;
      machine.powerOff();
      clock.after(outage(), () => machine.powerOn());
    },
  };

  const results = new Map<string, TransferResult>();
  const contradictions: TransferResult[] = [];
  const deliver = (given: unknown) => {
    const result = TransferResult.parse(given);
    const before = results.get(result.id);
    if (before && !isDeepStrictEqual(before, result)) contradictions.push(result);
    results.set(result.id, result);
  };
  /** By order: the lives in which it went on the wire. */
  const sentIn = new Map<string, Set<number>>();
  const disk = new MemoryJournal();
  const written = new Set<string>();
  let lives = 0;
  const begin = (): Life => {
    const number = ++lives;
    return new Life({
      clock,
      random,
      line: line.host,
      disk,
      deliver,
      atStep: (life) => {
        for (const { id } of disk.entries) written.add(id);
        const chance = random.float();
        if (chance < 0.02) cut.host(life);
        else if (chance < 0.04) cut.link();
        else if (chance < 0.06) cut.machine();
      },
      onSent: (symbols) => {
        const id = orderedId(symbols);
        if (id === undefined) return;
        // What goes on the wire is on the disk before.
        expect(disk.entries.some((entry) => entry.id === id)).toBe(true);
        sentIn.set(id, (sentIn.get(id) ?? new Set()).add(number));
      },
    });
  };

  let life = begin();
  for (let n = 0; n < transfers; n++) {
    await clock.advanceUntil(() => life.isOver || life.host.isUp, 120_000);
    const disturbed = life;
    if (random.float() < 0.3) {
      const side = pick(random, ['host', 'link', 'machine'] as const);
      clock.after(integerBetween(random, 0, 400), () => cut[side](disturbed));
    }
    let done = false;
    void life.host
      .transfer({
        to: pick(random, ['machine', 'host'] as const),
        amounts: { cashableCents: integerBetween(random, 1, 900) },
        partialAllowed: random.float() < 0.3,
      })
      .then(() => {
        done = true;
      });
    await clock.advanceUntil(() => done || life.isOver, 300_000);
    if (life.isOver) await clock.advance(integerBetween(random, 0, 3000));
    while (life.isOver || (await disk.open()).length > 0) {
      if (life.isOver) life = begin();
      await clock.advance(500);
    }
    disk.entries.length = 0;
  }
  await clock.advance(60_000);

  const ended = [...results.values()];
  const count = (state: TransferResult['state']) => ended.filter((result) => result.state === state).length;
  const moved = (type: number) =>
    ended.reduce(
      (sum, result) =>
        result.state === 'completed' && result.transferType === type
          ? sum + result.amounts.cashableCents
          : sum,
      0,
    );
  expect(contradictions).toEqual([]);
  // Each that was ordered has ended, and none was left to a person: this machine can always be asked.
  expect([...written].filter((id) => !results.has(id))).toEqual([]);
  expect(count('unresolved')).toBe(0);
  expect([...sentIn].filter(([, inLives]) => inLives.size > 1)).toEqual([]);
  // The machine's own account of what went in and out, to the cent, and how often.
  expect(machine.ledger.balance('host')).toBe(moved(0x80) - moved(0x00));
  expect([machine.meters.read('00A0'), machine.meters.read('00B8')]).toEqual([moved(0x00), moved(0x80)]);
  expect(machine.meters.read('00A1')! + machine.meters.read('00B9')!).toBe(count('completed'));
  expect(machine.ledger.sum).toBe(0);
  // It was as bad as it was meant to be.
  expect(Math.min(cuts.host, cuts.link, cuts.machine)).toBeGreaterThan(transfers / 20);
  expect(count('completed')).toBeGreaterThan(transfers / 2);
  expect(count('failed')).toBeGreaterThan(transfers / 100);
}, 240_000);

test('a machine that will not tell what became of an order: it is handed to a person, with what was seen', async () => {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const line = memoryLine({ clock });
  const machine = new SimulatedMachine({ synced: false, options: { answerDelayMs: 1 } }, { clock, random });
  machine.port.connect(line.machine);
  const host = new SasHost({ line: line.host, address: 1, clock, random }).start();
  await clock.advanceUntil(() => host.capabilities !== undefined);
  // From the moment the money is on its way the machine says nothing of transfers any more.
  machine.fault = (answer) => (answer[1] === 0x72 && machine.transfers.isOpen ? 'silence' : undefined);
  let result: TransferResult | undefined;
  void host.transfer({ to: 'machine', amounts: { cashableCents: 500 } }).then((ended) => {
    result = ended;
  });
  await clock.advanceUntil(() => result !== undefined, 600_000);
  expect(result).toMatchObject({
    state: 'unresolved',
    reason: 'the machine does not tell what became of it',
    evidence: ['transfer 0: sas.silent'],
  });
});
