export {
  defaultSetup,
  type MachineIdentity,
  type MachineOptions,
  type MachineSetup,
  type PartialSetup,
} from './machine-setup.ts';
export { type Account, accounts, Ledger } from './money/ledger.ts';
export { Player, type PlayerOptions } from './player.ts';
export { type AnswerFault, answerFaults } from './port/answer-faults.ts';
export { MachinePort } from './port/machine-port.ts';
export { isQuirkProfile, type QuirkProfile, type Quirks, quirkProfiles } from './quirks.ts';
export { SimulatedMachine } from './simulated-machine.ts';
export { SteppedClock } from './stepped-clock.ts';
export type { Handpay } from './units/handpays.ts';
