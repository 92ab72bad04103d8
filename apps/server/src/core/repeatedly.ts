import type { Clock, Duration } from '@vakhta/kernel';
import type { Log } from '../platform/log/log.ts';

export interface RepeatedJob {
  name: string;
  /** Time between the end of one run and the start of the next. */
  every: Duration;
  run(): Promise<unknown>;
}

/** Runs a job again and again; a run that fails is logged and the next one tries anew. `stop` waits for a running one. */
export function repeatedly(job: RepeatedJob, deps: { clock: Clock; log: Log }): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer = deps.clock.after(job.every, run);

  function run(): void {
    const began = deps.clock.monotonic();
    running = job
      .run()
      .then(() =>
        deps.log.debug({
          event: 'job.done',
          job: job.name,
          ms: Math.round(deps.clock.monotonic() - began),
        }),
      )
      .catch((error: unknown) => deps.log.error({ event: 'job.failed', job: job.name, err: error }))
      .then(() => {
        if (!stopped) timer = deps.clock.after(job.every, run);
      });
  }

  return {
    async stop() {
      stopped = true;
      timer.cancel();
      await running;
    },
  };
}
