import { z } from 'zod';

/**
 * Composition-dependent classes differ in what the play after a split may know: CDZ- nothing (the play before the
 * split), CDP1 that the pair is gone, CDP how many further pair cards are, CDPN how many other cards as well. TD plays by
 * total, 2C plays two cards by composition and more by total.
 */
export const strategyClassSchema = z.enum(['CDZ-', 'CDP1', 'CDP', 'CDPN', '2C', 'TD']);
export type StrategyClass = z.infer<typeof strategyClassSchema>;

export type CompositionClass = Exclude<StrategyClass, '2C' | 'TD'>;
