export { type ComponentName, parseComponent } from './component-name.ts';
export { readOutput } from './read-output.ts';
export {
  outputLines,
  type PlaybackState,
  type Reading,
  type TvInputEntry,
  type Wakefulness,
} from './reading.ts';
export { Fixtures, type Miss, type Score, scoreFixtures } from './score.ts';
export { type HardwareConnection, readHardwareConnections } from './tv-input.ts';
