/** A process of its own: simulated machines over TCP. It tells its parent what arrived when, and what it raised when. */
import { seededRandom, systemClock } from '@vakhta/kernel';
import type { Line, LineSymbol } from '@vakhta/sas/line';
import { wakeup } from '@vakhta/sas/line';
import { SimulatedMachine } from '@vakhta/sas/simulator';
import { listenTcpLine } from '@vakhta/sas/transports';

export interface FleetMeasure {
  /** Milliseconds from one general poll to the next at one machine, where no long poll came in between. */
  readonly periods: readonly number[];
  /** By machine: when its door was opened or shut, in the order of the events, by the machine's monotonic clock. */
  readonly raised: readonly (readonly number[])[];
  readonly longPolls: number;
}

/** Of the whole computer: both processes read the same. */
const now = () => Number(process.hrtime.bigint()) / 1e6;
const raiseEvery = 1000;

const count = Number(process.argv[2]);
const random = seededRandom(1);
const periods: number[] = [];
const raised: number[][] = [];
let longPolls = 0;
let isMeasuring = false;

/** Counts the polls that reach a machine, and hands them on. */
function watched(line: Line): Line {
  let last: number | undefined;
  let beforeIsLong = false;
  const watch = (symbol: LineSymbol) => {
    if ((symbol & wakeup) === 0) return;
    if (symbol === (wakeup | 0x81)) {
      const at = now();
      if (isMeasuring && last !== undefined && !beforeIsLong) periods.push(at - last);
      last = at;
      beforeIsLong = false;
    } else if (symbol === (wakeup | 0x01)) {
      beforeIsLong = true;
      if (isMeasuring) longPolls++;
    }
  };
  return {
    latency: line.latency,
    closed: line.closed,
    close: () => line.close(),
    flush: () => line.flush(),
    send: (symbols) => line.send(symbols),
    receive: (listener) =>
      line.receive((symbols) => {
        for (const { symbol } of symbols) watch(symbol);
        listener(symbols);
      }),
  };
}

const machines = Array.from({ length: count }, () => {
  const setup = { synced: false, options: { answerDelayMs: 2 } };
  return new SimulatedMachine(setup, { clock: systemClock, random });
});
const servers = await Promise.all(
  machines.map((machine) =>
    listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, (line) => machine.port.connect(watched(line))),
  ),
);
for (const [index, machine] of machines.entries()) {
  raised[index] = [];
  // Not all at once: no floor is that regular.
  systemClock.after(random.float() * raiseEvery, () =>
    systemClock.every(raiseEvery, () => {
      if (!isMeasuring) return;
      raised[index]!.push(now());
      machine.play.door(!machine.switches.doorOpen);
    }),
  );
}

process.on('message', (message) => {
  isMeasuring = message === 'begin';
  if (message === 'end') process.send?.({ periods, raised, longPolls } satisfies FleetMeasure);
});
process.send?.(servers.map(({ port }) => port));
