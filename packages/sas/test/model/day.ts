import { seededRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { SasHost } from '../../src/host/index.ts';
import { type LineSymbol, memoryLine, randomFault, type WireFault } from '../../src/line/index.ts';
import { Player, SimulatedMachine } from '../../src/simulator/index.ts';
import { priorityOrder } from '../../src/tables/index.ts';

/** One per cent of all messages, both ways, in the ways a line damages them. */
const rates = { flippedBit: 0.006, lostSymbol: 0.002, lostMessage: 0.001, garbage: 0.001 };

export interface Day {
  readonly raised: readonly Note[];
  readonly told: readonly Note[];
  /** When a message was damaged that has no CRC to show it: one or two bytes. */
  readonly unprotected: readonly number[];
  readonly damaged: number;
  readonly messages: number;
  readonly host: SasHost;
  readonly machine: SimulatedMachine;
  readonly clock: VirtualClock;
}

export interface Note {
  readonly code: string;
  readonly at: number;
}

/** Plays for so long against a host on a bad line, then lets host and machine come to rest on a good one. */
export async function playDay(options: {
  seed: number;
  hours: number;
  realTimeEvents: boolean;
}): Promise<Day> {
  const clock = new VirtualClock();
  const random = seededRandom(options.seed);
  const unprotected: number[] = [];
  const counts = { damaged: 0, messages: 0 };
  let isBad = true;
  const fault = (): WireFault => {
    const strike = randomFault(random, rates, () => counts.damaged++);
    return (symbols: readonly LineSymbol[]) => {
      counts.messages++;
      if (!isBad) return symbols;
      const before = counts.damaged;
      const arriving = strike(symbols);
      if (counts.damaged > before && symbols.length <= 2) unprotected.push(clock.monotonic());
      return arriving;
    };
  };
  const line = memoryLine({ clock, hostFault: fault(), machineFault: fault(), symbolTime: 0.573 });
  const machine = new SimulatedMachine(
    { synced: false, options: { answerDelayMs: 2, queueSize: 200 } },
    { clock, random },
  );
  machine.port.connect(line.machine);
  const raised: Note[] = [];
  const told: Note[] = [];
  machine.onRaised = (code) => raised.push({ code, at: clock.monotonic() });
  const host = new SasHost({
    line: line.host,
    address: 1,
    clock,
    random,
    realTimeEvents: options.realTimeEvents,
    pollInterval: 200,
    handlers: { issueNumber: async () => undefined },
  });
  host.on('exception', ({ code, at }) => told.push({ code, at }));
  host.start();
  const player = new Player(machine, { clock, random });
  player.start();
  await clock.advance(options.hours * 3_600_000);
  player.stop();
  isBad = false;
  await clock.advance(120_000);
  return { raised, told, unprotected, ...counts, host, machine, clock };
}

/** Bills have two codes, by mode; they are one thing to count. */
const billCodes = ['47', '48', '49', '4A', '4B', '4C', '4D', '4E', '4F', '50', 'bill'];
const isQueued = ({ code }: Note): boolean => !priorityOrder.includes(code);
const named = ({ code, at }: Note): Note => ({ code: billCodes.includes(code) ? 'bill' : code, at });

export interface Difference {
  readonly lost: readonly Note[];
  readonly doubled: readonly Note[];
}

/** Queued exceptions that were raised and not told, or told and not raised: the shortest edit between the two. */
export function difference(day: Day): Difference {
  const raised = day.raised.filter(isQueued).map(named);
  const told = day.told.filter(isQueued).map(named);
  const lost: Note[] = [];
  const doubled: Note[] = [];
  for (const edit of shortestEdit(
    raised.map(({ code }) => code),
    told.map(({ code }) => code),
  ))
    if (edit.kind === 'removed') lost.push(raised[edit.at]!);
    else doubled.push(told[edit.at]!);
  return { lost, doubled };
}

type Edit = { readonly kind: 'removed' | 'added'; readonly at: number };

/** Myers' greedy algorithm: the fewest removals from `a` and additions from `b`, for sequences that differ little. */
function shortestEdit(a: readonly string[], b: readonly string[]): Edit[] {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let d = 0; ; d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
    reach = new Map(reach);
  }
}

function walkBack(trace: readonly Map<number, number>[], endX: number, endY: number): Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [endX, endY];
  for (let d = trace.length - 1; d > 0; d--) {
    const reach = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const before = down ? k + 1 : k - 1;
    const fromX = reach.get(before) ?? 0;
    edits.push(down ? { kind: 'added', at: fromX - before } : { kind: 'removed', at: fromX });
    [x, y] = [fromX, fromX - before];
  }
  return edits.reverse();
}
