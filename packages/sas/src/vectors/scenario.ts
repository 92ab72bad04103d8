import { idOf, type Score } from './score.ts';

export async function scoreScenario(item: unknown): Promise<Score[]> {
  return [{ id: idOf(item), part: 'scenario', failure: 'there is no simulator yet' }];
}
