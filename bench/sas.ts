import type { BenchmarkResult } from './result.ts';
import { decodeFrames } from './sas/decode.ts';
import { fleet } from './sas/fleet.ts';
import { wakeupGap } from './sas/wakeup-gap.ts';

/** What the SAS package holds, each beside what the line allows. */
export async function run({ quick }: { quick: boolean }): Promise<BenchmarkResult[]> {
  return [...decodeFrames(quick), ...(await fleet(quick)), ...(await wakeupGap(quick))];
}
