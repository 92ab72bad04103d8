export { BridgeDecoder, BridgeEncoder } from './bridge-coding.ts';
export {
  type EvenParityLimits,
  evenParityLimits,
  evenParityWarning,
  fitsEvenParity,
} from './even-parity-limits.ts';
export { EvenParityLine } from './even-parity-line.ts';
export type { Line } from './line.ts';
export { type MemoryLineOptions, memoryLine, type WireFault } from './memory-line.ts';
export { evenParitySymbols, type Parity } from './parity.ts';
export { encodeParmrk, ParmrkDecoder } from './parmrk.ts';
export {
  baud,
  chirpSymbol,
  hostSymbols,
  type LineSymbol,
  longestGap,
  machineSymbols,
  segments,
  symbolTime,
  type TimedSymbol,
  wakeup,
} from './symbols.ts';
export { randomFault, type WireFaultRates } from './wire-faults.ts';
