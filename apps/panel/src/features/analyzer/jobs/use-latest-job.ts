import { useEffect, useRef, useState } from 'react';
import type { Job, JobAnswers, JobKind } from './job-shapes.ts';
import { runJob } from './run-job.ts';

export interface LatestJob<Answer> {
  readonly answer?: Answer;
  readonly failure?: Error;
  /** The answer is of the job before. */
  readonly busy: boolean;
}

/**
 * For jobs shorter than starting a worker: one runs to its end, of those asked meanwhile only the newest follows. The last
 * answer stays until the next is there, so nothing flickers.
 */
export function useLatestJob<Kind extends JobKind>(job: Job<Kind> | undefined): LatestJob<JobAnswers[Kind]> {
  const key = job && JSON.stringify(job);
  const [done, setDone] = useState<{ key: string; answer?: JobAnswers[Kind]; failure?: Error }>();
  const line = useRef<{ wanted?: string; running: boolean }>({ running: false });
  useEffect(() => {
    const { current } = line;
    current.wanted = key;
    const next = async () => {
      const asked = current.wanted;
      if (asked === undefined || current.running) return;
      current.running = true;
      const outcome = await runJob(JSON.parse(asked) as Job<Kind>).then(
        (answer) => ({ answer }),
        (failure: Error) => ({ failure }),
      );
      current.running = false;
      setDone({ key: asked, ...outcome });
      if (current.wanted !== asked) void next();
    };
    void next();
  }, [key]);
  if (key === undefined || done === undefined) return { busy: key !== undefined };
  return { answer: done.answer, failure: done.failure, busy: done.key !== key };
}
