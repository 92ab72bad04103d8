import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { memoryLine, randomFault } from '../../line/index.ts';
import { type PartialSetup, SimulatedMachine } from '../../simulator/index.ts';
import { pollOnce } from './poll-once.ts';

/** A machine, and a line to it that may lose what it says. */
function bench(setup: PartialSetup = {}, damage = 0) {
  const clock = new VirtualClock();
  const random = seededRandom(3);
  const line = memoryLine({ clock, machineFault: randomFault(random, { flippedBit: damage }) });
  const machine = new SimulatedMachine(
    { synced: false, ...setup, options: { answerDelayMs: 2, ...setup.options } },
    { clock, random },
  );
  machine.port.connect(line.machine);
  const events: string[] = [];
  const options = {
    line: line.host,
    clock,
    address: 1,
    onEvent: ({ event }: { event: string }) => void events.push(event),
  };
  const settled = async <T>(asked: Promise<T>): Promise<T> => {
    let outcome: { value: T } | undefined;
    void asked.then((value) => {
      outcome = { value };
    });
    await clock.advanceUntil(() => outcome !== undefined, 60_000);
    return outcome!.value;
  };
  return { clock, machine, options, events, settled };
}

test('one poll is answered, and the exceptions of the machine stay in it', async () => {
  const { machine, options, settled } = bench({ credits: 77 });
  machine.raise({ code: '11' });
  machine.raise({ code: '12' });
  expect(await settled(pollOnce(options, 'currentCredits', {}))).toEqual({
    ok: true,
    kind: 'data',
    fields: { credits: 77 },
    frame: expect.stringMatching(/^011A/),
  });
  expect(await settled(pollOnce(options, 'soundOff', {}))).toEqual({ ok: true, kind: 'ack' });
  expect(machine.port.queue.codes(false)).toEqual(['11', '12']);
});

test('a damaged answer is asked for again until it is whole', async () => {
  const { options, settled } = bench({ credits: 77 }, 0.05);
  for (let round = 0; round < 20; round++)
    expect(await settled(pollOnce(options, 'currentCredits', {}))).toMatchObject({ fields: { credits: 77 } });
});

test('a poll that a machine does not know, or that nobody hears, is silent after three tries', async () => {
  const { options, settled } = bench();
  const silent = { ok: false, error: { code: 'sas.silent', sent: 3 } };
  expect(await settled(pollOnce({ ...options, address: 2 }, 'currentCredits', {}))).toEqual(silent);
});

test('an event that goes before the answer is told', async () => {
  const { machine, options, events, settled } = bench({ credits: 5 });
  await settled(pollOnce(options, 'realTimeEvents', { rteEnabled: true }));
  machine.raise({ code: '11' });
  expect(await settled(pollOnce(options, 'currentCredits', {}))).toMatchObject({ fields: { credits: 5 } });
  expect(events).toEqual(['11']);
});

test('a machine that stays busy is said to be', async () => {
  const { machine, options, settled } = bench();
  machine.fault = () => 'busy';
  expect(await settled(pollOnce(options, 'currentCredits', {}))).toMatchObject({
    error: { code: 'sas.busy' },
  });
});
