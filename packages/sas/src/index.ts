export { minutes, seconds, systemClock, systemRandom } from '@vakhta/kernel';
export * from './codec/index.ts';
export * from './commands/index.ts';
export * from './host/index.ts';
