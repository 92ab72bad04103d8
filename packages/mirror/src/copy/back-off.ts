import type { Duration, Random } from '@vakhta/kernel';

/** Waits that double from `first` up to `limit`, each spread over its upper half, so that many mirrors do not come back at once. */
export const backOff =
  (random: Random, first: Duration, limit: Duration) =>
  (failures: number): Duration => {
    const ceiling = Math.min(limit, first * 2 ** Math.min(failures - 1, 30));
    return Math.ceil((ceiling * (1 + random.float())) / 2);
  };
