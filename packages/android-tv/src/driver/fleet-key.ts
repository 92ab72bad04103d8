import { join } from 'node:path';
import { type AdbKey, loadOrCreateAdbKey } from '../adb/index.ts';

const loading = new Map<string, Promise<AdbKey>>();

/**
 * The one key of the fleet: a TV asks a person once, whichever agent process comes. Many TVs open at the same moment,
 * so the first to come makes the key and the others wait for it.
 */
export function fleetKey(directory: string): Promise<AdbKey> {
  const file = join(directory, 'adbkey');
  const known = loading.get(file);
  if (known) return known;
  const key = loadOrCreateAdbKey(file, 'vakhta');
  loading.set(file, key);
  // A folder that was not there yet may be there at the next try.
  key.catch(() => loading.delete(file));
  return key;
}
