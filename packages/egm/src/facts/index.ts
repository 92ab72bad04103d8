export { Configuration } from './configuration.ts';
export { ExceptionFact } from './exception.ts';
export { type FactName, facts } from './facts.ts';
export { Handpay } from './handpay.ts';
export { Identity } from './identity.ts';
export {
  type EnrolmentActs,
  type EnrolmentReadings,
  type MachineProfile,
  type MeasuredProfile,
  measureProfile,
  type ProfileProblem,
} from './measure-profile.ts';
export { type MeterValue, Reading, ReadingCause, valuesOf } from './reading.ts';
export { TransferFact, TransferMessage } from './transfer.ts';
export { CreditKind, TransferDirection, TransferId } from './transfer-order.ts';
