/** A worker from its own file, as the panel's policy demands. */
export const startWorker = (): Worker =>
  new Worker(new URL('./analyzer-worker.ts', import.meta.url), { type: 'module' });
