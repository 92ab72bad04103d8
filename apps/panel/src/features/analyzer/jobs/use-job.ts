import { useEffect, useState } from 'react';
import type { Job, JobAnswers, JobKind } from './job-shapes.ts';
import { runJob } from './run-job.ts';

export interface JobState<Answer> {
  readonly answer?: Answer;
  /** 0 to 1 while it runs. */
  readonly progress?: number;
  readonly failure?: Error;
  readonly cancelled?: true;
}
export interface UsedJob<Answer> extends JobState<Answer> {
  cancel(): void;
  again(): void;
}

/** Answers by job: going back to a tab or to former rules computes nothing. */
const known = new Map<string, unknown>();
const MOST_KNOWN = 40;

function remember(key: string, answer: unknown): void {
  known.set(key, answer);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
}

/** Does a job whenever it changes and ends the one before; undefined: nothing to do. */
export function useJob<Kind extends JobKind>(job: Job<Kind> | undefined): UsedJob<JobAnswers[Kind]> {
  const key = job && JSON.stringify(job);
  const [state, setState] = useState<{ key?: string; round: number } & JobState<JobAnswers[Kind]>>({
    round: 0,
  });
  const [round, setRound] = useState(0);
  const [stop, setStop] = useState<() => void>();
  useEffect(() => {
    if (key === undefined || known.has(key)) return;
    const abort = new AbortController();
    setStop(() => () => {
      abort.abort();
      setState({ key, round, cancelled: true });
    });
    const { signal } = abort;
    runJob(JSON.parse(key) as Job<Kind>, {
      signal,
      onProgress: (progress) => setState({ key, round, progress }),
    }).then(
      (answer) => {
        remember(key, answer);
        setState({ key, round, answer });
      },
      (failure: unknown) => {
        if (!signal.aborted) setState({ key, round, failure: failure as Error });
      },
    );
    return () => abort.abort();
  }, [key, round]);
  const cancel = () => stop?.();
  const again = () => setRound((before) => before + 1);
  if (key === undefined) return { cancel, again };
  if (known.has(key)) return { answer: known.get(key) as JobAnswers[Kind], cancel, again };
  const current = state.key === key && state.round === round ? state : { progress: 0 };
  const { answer, progress, failure, cancelled } = current as JobState<JobAnswers[Kind]>;
  return { answer, progress, failure, cancelled, cancel, again };
}
