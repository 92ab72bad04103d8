import { type Duration, integerBetween, type Random } from '@vakhta/kernel';

/** Every kind of fault that a run with real processes knows. */
export const killKinds = [
  'server killed while serving',
  'server killed while starting',
  'agent killed while working',
  'agent killed while starting',
  'connection to a TV reset',
] as const;
export type KillKind = (typeof killKinds)[number];

/** How one life ends: `kill -9` so long after the process was started, and so long it stays dead. */
export interface Death {
  after: Duration;
  deadFor: Duration;
}

export interface KillPlan {
  /** One after another; the last is followed by a life that is left alone. */
  deaths: Record<'server' | 'agent', readonly Death[]>;
  /** When a connection to a TV is reset. */
  resets: readonly Duration[];
}

/** What a seed brings: both processes die once or twice, anywhere in their lives, starting included. */
export function planKills(random: Random): KillPlan {
  const deaths = (): Death[] =>
    Array.from({ length: integerBetween(random, 0, 2) }, () => ({
      after: integerBetween(random, 0, 2000),
      deadFor: integerBetween(random, 0, 600),
    }));
  const plan = { server: deaths(), agent: deaths() };
  // A run in which nothing dies proves nothing.
  if (plan.server.length + plan.agent.length === 0) plan.server.push({ after: 500, deadFor: 100 });
  const resets = Array.from({ length: integerBetween(random, 0, 2) }, () => integerBetween(random, 0, 2000));
  return { deaths: plan, resets };
}
