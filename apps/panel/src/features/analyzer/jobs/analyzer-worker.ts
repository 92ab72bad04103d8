import { AppError } from '@vakhta/kernel';
import { config } from 'zod';
import { answerJob } from './answer-job.ts';
import type { Job, WorkerMessage } from './job-shapes.ts';

// Compiling parsers needs `eval`, which the page's policy forbids.
config({ jitless: true });

const tell = (message: WorkerMessage) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  try {
    tell({ answer: answerJob(data, (progress) => tell({ progress })) });
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'unexpected';
    tell({ failure: { code, message: error instanceof Error ? error.message : String(error) } });
  }
});
