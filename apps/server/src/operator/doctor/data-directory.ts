import { constants, existsSync } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { type Finding, good, note, wrong } from './finding.ts';

const GIBIBYTE = 1024 ** 3;
const DISK_LOW_BYTES = 1 * GIBIBYTE;

export async function examineData({ data }: Config): Promise<Finding> {
  const what = 'data directory';
  const found = await stat(data).catch(() => undefined);
  if (!found) return note(what, `${data} is not there yet`, 'it is made at the first start');
  if (!found.isDirectory()) return wrong(what, `${data} is a file`, 'set VAKHTA_DATA to a directory');
  const writable = await access(data, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return wrong(what, `${data} can not be written`, `give it to this user: chown -R "$USER" ${data}`);
  const secrets = await stat(join(data, 'secrets.json')).catch(() => undefined);
  if (secrets && secrets.mode & 0o077)
    return wrong(
      what,
      `${data}/secrets.json can be read by others`,
      'chmod 600 it and replace the secrets in it',
    );
  return good(what, data);
}

export async function examineDisk({ data }: Config): Promise<Finding> {
  let directory = data;
  while (!existsSync(directory) && directory !== '/') directory = join(directory, '..');
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const found = `${(free / GIBIBYTE).toFixed(1)} GiB free at ${directory}`;
  return free < DISK_LOW_BYTES
    ? wrong('disk', found, 'free some space or move VAKHTA_DATA')
    : good('disk', found);
}
