import { type Clock, type Duration, pick, type Random, seededRandom, systemClock } from '@vakhta/kernel';
import { quirkProfiles, SimulatedMachine } from '@vakhta/sas/simulator';
import { listenTcpLine } from '@vakhta/sas/transports';
import { HallMemory } from './hall-memory.ts';
import { Visitors } from './visitors.ts';

export interface HallOptions {
  readonly count: number;
  /** The first machine's TCP port, the others follow; 0 (default): any free ones. */
  readonly portBase?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** The same seed and clock, the same night. */
  readonly seed?: number;
  /** From one thing a visitor does to the next, on average; default 4 s. */
  readonly pace?: Duration;
  readonly clock?: Clock;
  /** A file to keep the machines' memory in; without one every start finds them cleared. */
  readonly memory?: string;
}

/** One machine of the hall. */
export interface HallMachine {
  /** Of the cabinet: 'VK100001', … */
  readonly serial: string;
  /** As the driver's configuration takes it: 'tcp://127.0.0.1:4001'. */
  readonly line: string;
  readonly machine: SimulatedMachine;
}

export interface Hall {
  readonly machines: readonly HallMachine[];
  /** All visitors get up; the machines stay on. */
  rest(): void;
  stop(): Promise<void>;
}

/** Games that stand in the hall: denomination (SAS code), most credits a bet, and what the paytable pays. */
const games = [
  { denomCode: 1, maxBet: 50, paytableId: 'FRUIT5', basePercent: '92.00' },
  { denomCode: 1, maxBet: 100, paytableId: 'BOOK10', basePercent: '93.50' },
  { denomCode: 2, maxBet: 25, paytableId: 'SEVENS', basePercent: '91.00' },
  { denomCode: 3, maxBet: 20, paytableId: 'CLASSC', basePercent: '90.00' },
] as const;

/** A machine thinks before it answers, as real ones do. */
const answerDelayMs = 2;
/** What a kill may cost the machines' memory. */
const SAVED_EVERY = 1000;

/** Starts a hall of slot machines that people come to and play, each on a TCP line of its own, with the real bytes. */
export async function startHall(options: HallOptions): Promise<Hall> {
  const { count, portBase = 0, host = '127.0.0.1', seed = 1, pace = 4000, clock = systemClock } = options;
  const memory = options.memory === undefined ? undefined : new HallMemory(options.memory);
  const machines = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const random = seededRandom(seed + index);
      const machine = cabinet(index, { clock, random }, memory);
      const visitors = new Visitors(machine, { clock, random, pace });
      const port = portBase === 0 ? 0 : portBase + index;
      const server = await listenTcpLine({ host, port }, clock, (line) => machine.port.connect(line));
      visitors.start();
      return {
        serial: machine.setup.identity.serialNumber,
        line: `tcp://${host}:${server.port}`,
        machine,
        rest: () => visitors.stop(),
        stop: () => {
          visitors.stop();
          machine.powerOff();
          return server.close();
        },
      };
    }),
  );
  const save = () => memory?.save(machines.map(({ machine }) => machine));
  const saving = memory && clock.every(SAVED_EVERY, save);
  return {
    machines,
    rest: () => {
      for (const { rest } of machines) rest();
    },
    stop: async () => {
      saving?.cancel();
      await Promise.all(machines.map(({ stop }) => stop()));
      save();
    },
  };
}

function cabinet(
  index: number,
  deps: { clock: Clock; random: Random },
  memory: HallMemory | undefined,
): SimulatedMachine {
  const serialNumber = `VK${100_001 + index}`;
  return new SimulatedMachine(
    {
      synced: false,
      assetNumber: 1001 + index,
      quirks: quirkProfiles.everythingInDrop,
      identity: { ...pick(deps.random, games), serialNumber },
      ...memory?.of(serialNumber),
      options: { answerDelayMs },
    },
    deps,
  );
}
