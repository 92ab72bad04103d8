import { z } from 'zod';
import { ScenarioRun } from './scenario-run.ts';
import { Scenario } from './scenario-schema.ts';
import { idOf, judge, type Score } from './score.ts';

/** A script of a host against the machine simulator; it passes when every step does. */
export function scoreScenario(item: unknown): Score[] {
  const parsed = Scenario.safeParse(item);
  if (!parsed.success)
    return [{ id: idOf(item), part: 'scenario', failure: z.prettifyError(parsed.error) }];
  return [
    judge(parsed.data.id, 'scenario', () => {
      const run = new ScenarioRun(parsed.data.setup);
      for (const [index, step] of parsed.data.steps.entries()) {
        const failure = run.step(step);
        if (failure !== undefined) return `step ${index} ${JSON.stringify(step)}: ${failure}`;
      }
      return undefined;
    }),
  ];
}
