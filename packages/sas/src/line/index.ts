export type { Line, LineSymbol, TimedSymbol } from './line.ts';
