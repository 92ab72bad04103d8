import { AppError } from '@vakhta/kernel';
import type { Source } from '../source/source.ts';

/** Runs a call of the source, so that its failure is not taken for one of the target. */
export async function fromSource<T>(source: Source, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'mirror.source_failed',
      `${source.name}: the source cannot be read (${String(cause)})`,
      {
        cause,
        retry: 'after',
      },
    );
  }
}
