import AnalyzerWorker from './analyzer-worker.ts?worker&inline';

/** A worker from within the page, which is a single file. The stand-alone build has it in place of `start-worker`. */
export const startWorker = (): Worker => new AnalyzerWorker();
