import { AppError, UsageError } from '@vakhta/kernel';

/** Runs a command to its exit code: 0 done, 1 failed or found wrong, 2 used wrongly. What a person can mend is one line. */
export async function exitWith(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
