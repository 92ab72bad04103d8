import type { CasinoMachine, Thing } from '@vakhta/api';
import type { Tone } from '@vakhta/things';
import { useThing } from '../../live/use-live.ts';

/** What somebody who walks the floor wants to know first of a machine. */
export type MachineState = keyof typeof machineTones;

export const machineTones = {
  handpay: 'attention',
  tilt: 'bad',
  noPower: 'bad',
  noContact: 'bad',
  stale: 'attention',
  waitingEnrolment: 'attention',
  doorOpen: 'attention',
  disabled: 'attention',
  playing: 'good',
  credits: 'neutral',
  idle: 'neutral',
  notKnown: 'unknown',
} as const satisfies Record<string, Tone | 'unknown'>;

const isState = (value: unknown): value is MachineState =>
  typeof value === 'string' && Object.hasOwn(machineTones, value);

/** What the hall knows, and above it what the live socket told of the machine's thing. */
function machineStateOf(machine: CasinoMachine, thing: Thing | undefined): MachineState {
  if (machine.link === 'offline' || (thing && !thing.online)) return 'noContact';
  if (machine.link === 'stale') return 'stale';
  if (machine.state === 'waiting_enrolment') return 'waitingEnrolment';
  if (machine.handpay) return 'handpay';
  const told = thing?.properties.playerState?.value;
  return isState(told) ? told : 'notKnown';
}

export interface LiveMachine {
  state: MachineState;
  /** On the machine now: from the socket where it is connected, else as last read. */
  credits: number | null;
}

/** A machine of the floor as it is this second. */
export function useLiveMachine(machine: CasinoMachine): LiveMachine {
  const thing = useThing(machine.thing ?? '');
  const credits = thing?.properties.credits?.value;
  return {
    state: machineStateOf(machine, thing),
    credits: typeof credits === 'number' ? credits : machine.credits,
  };
}
