import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Observation } from '@vakhta/link';

/** What lay on the disk of an agent when it died: promised to its drivers, and not known to be in the log. */
export interface Remains {
  stream: string;
  rows: readonly { seq: number; observation: Observation }[];
}

/** Reads a dead agent's outbox, from a copy: the file is for its next life. */
export function readRemains(data: string): Remains[] {
  const copy = mkdtempSync(join(tmpdir(), 'vakhta-remains-'));
  try {
    const files = readdirSync(data).filter((name) => name.startsWith('outbox-'));
    for (const name of files) cpSync(join(data, name), join(copy, name));
    return files.filter((name) => name.endsWith('.sqlite')).map((name) => readFile(join(copy, name)));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function readFile(path: string): Remains {
  const database = new DatabaseSync(path);
  try {
    const tables = database.prepare("select name from sqlite_master where name = 'stream'").all();
    // It died before it had made its tables.
    if (tables.length === 0) return { stream: '', rows: [] };
    const stream = String(database.prepare('select id from stream').get()?.id);
    const rows = database.prepare('select seq, body from observation order by seq').all();
    return {
      stream,
      rows: rows.map(({ seq, body }) => ({
        seq: Number(seq),
        observation: Observation.parse(JSON.parse(String(body))),
      })),
    };
  } finally {
    database.close();
  }
}
