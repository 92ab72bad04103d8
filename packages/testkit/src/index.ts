export { VirtualClock } from './virtual-clock.ts';
export { type WireFaults, wirePair } from './wire-pair.ts';
