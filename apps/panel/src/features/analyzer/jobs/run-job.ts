import { AppError } from '@vakhta/kernel';
import type { Job, JobAnswers, JobKind, WorkerMessage } from './job-shapes.ts';
import { startWorker } from './start-worker.ts';

/** A job that ended without an answer: `code` is the library's. */
export class JobFailed extends AppError {}

/** Workers that have nothing to do. One that has computed before is faster: its code is compiled. */
const idle: Worker[] = [];

/**
 * Does a job in a worker of its own. Aborting ends the worker at once.
 *
 * @throws {JobFailed} with the library's code; the signal's reason when aborted
 */
export function runJob<Kind extends JobKind>(
  job: Job<Kind>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
): Promise<JobAnswers[Kind]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = idle.pop() ?? startWorker();
    const abort = () => {
      worker.terminate();
      reject(signal?.reason);
    };
    const release = () => {
      signal?.removeEventListener('abort', abort);
      worker.onmessage = null;
      worker.onerror = null;
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ('progress' in data) return onProgress?.(data.progress);
      release();
      idle.push(worker);
      if ('answer' in data) resolve(data.answer as JobAnswers[Kind]);
      else reject(new JobFailed(data.failure.code, data.failure.message));
    };
    worker.onerror = (event) => {
      release();
      worker.terminate();
      reject(new JobFailed('unexpected', event.message));
    };
    worker.postMessage(job);
  });
}
