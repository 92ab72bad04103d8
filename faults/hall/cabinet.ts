import { type Clock, type Duration, seededRandom, type ThingId } from '@vakhta/kernel';
import { Player, SimulatedMachine } from '@vakhta/sas/simulator';
import type { FactInput } from '../../apps/server/src/domains/casino/facts/fact.ts';

/** A slot machine, whoever sits at it, and what it is called on the floor. */
export interface Cabinet {
  name: string;
  thing: ThingId;
  machine: SimulatedMachine;
  player: Player;
}

const IDENTITY = { denomCode: 1, maxBet: 5, basePercent: '90.00' };

/** A machine nobody has named on the desk yet. */
export function makeCabinet(
  index: number,
  { clock, seed, pace }: { clock: Clock; seed: number; pace: Duration },
): Omit<Cabinet, 'thing'> {
  const random = seededRandom(seed * 1000 + index);
  const machine = new SimulatedMachine(
    {
      synced: false,
      assetNumber: 1001 + index,
      identity: { ...IDENTITY, serialNumber: `VK${1001 + index}` },
      options: { answerDelayMs: 2 },
    },
    { clock, random },
  );
  const player = new Player(machine, { clock, random, pace });
  return { name: `M${String(index + 1).padStart(2, '0')}`, machine, player };
}

/** The rules of the hall, each machine in its place, and a guest for each. */
export const floorOf = (cabinets: readonly Cabinet[], agent: string): FactInput[] => [
  {
    kind: 'hall.set',
    timeZone: 'Europe/Minsk',
    gameDayStart: '06:00',
    currency: 'BYN',
    minorDigits: 2,
    policy: {},
  },
  ...cabinets.flatMap(({ name, thing, machine }): FactInput[] => [
    {
      kind: 'machine.added',
      machine: name,
      agent,
      serial: machine.setup.identity.serialNumber,
      denominationMinor: 1,
      meterDigits: { '*': 8, A0: 10, A2: 10, A4: 10, B8: 10 },
      maxBetCredits: IDENTITY.maxBet,
      maxWinCredits: 1_000_000,
      parHoldPct: '10.00',
    },
    { kind: 'thing.placed', thing, machine: name },
    { kind: 'player.added', player: guestOf(name) },
  ]),
];

/** Everybody keeps to one machine. */
export const guestOf = (machine: string): string => `guest of ${machine}`;

/** What was played on a machine since it was made. */
export interface Played {
  coinIn: number;
  games: number;
}

/** A guest's stay as the machine itself knows it. */
export interface Stay {
  machine: string;
  player: string;
  coinIn: number;
  games: number;
}

export const meterOf = ({ machine }: Cabinet, code: string): number => machine.meters.read(code) ?? 0;

export const played = (cabinet: Cabinet): Played => ({
  coinIn: meterOf(cabinet, '0000'),
  games: meterOf(cabinet, '0005'),
});

export function stayOf(cabinet: Cabinet, since: Played): Stay {
  const now = played(cabinet);
  return {
    machine: cabinet.name,
    player: guestOf(cabinet.name),
    coinIn: now.coinIn - since.coinIn,
    games: now.games - since.games,
  };
}

/** An attendant shuts the door and keys a handpay off: nothing of the machine is under way any more. */
export function settle({ machine: { switches, play, handpays } }: Cabinet): void {
  if (switches.doorOpen) play.door(false);
  if (handpays.isLocked) handpays.keyOff();
}
