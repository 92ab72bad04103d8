export * from './canonical-json.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './random.ts';
export * from './result.ts';
export { systemClock } from './system-clock.ts';
export { systemRandom } from './system-random.ts';
