/** SQLite's primary result codes that say "the disk, now" and not "the program" (sqlite.org/rescode.html). */
const transient = new Map([
  [8, 'readonly'],
  [10, 'io_error'],
  [13, 'full'],
  [14, 'cannot_open'],
]);

interface DiskTrouble {
  readonly reason: string;
  readonly message: string;
}

/**
 * Reads an error of a write: what is wrong with the disk, or undefined when the error is something else, a damaged file
 * or a bug of ours, that waiting does not mend.
 */
export function diskTrouble(error: unknown): DiskTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'ENOSPC') return { reason: 'full', message: error.message };
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The extended codes carry the primary one in their low byte.
  const reason = transient.get(error.errcode & 0xff);
  return reason === undefined ? undefined : { reason, message: error.message };
}
