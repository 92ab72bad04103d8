export { type Hall, type HallMachine, type HallOptions, startHall } from './hall.ts';
