import * as z from 'zod';

/** Of this layout. A file of a higher number was made by a newer Vakhta and is refused. */
export const BACKUP_VERSION = 1;
const FORMAT = 'vakhta-backup';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(63);
const count = z.int().nonnegative();

/** What a backup begins with, in every version: enough to tell whether the rest can be read. */
export const BackupHead = z.object({
  format: z.literal(FORMAT),
  version: z.int().positive(),
  at: z.iso.datetime(),
  madeBy: z.string(),
});
export type BackupHead = z.infer<typeof BackupHead>;

export const backupHead = (from: { at: string; madeBy: string }): BackupHead => ({
  format: FORMAT,
  version: BACKUP_VERSION,
  ...from,
});

export const TableRecord = z.strictObject({
  schema: name,
  table: name,
  columns: z.array(name).min(1),
  rows: count,
  /** Of its text as COPY writes it, in the order of its key. */
  sha256,
});
export type TableRecord = z.infer<typeof TableRecord>;

export const MigrationRecord = z.strictObject({ module: z.string(), name: z.string(), hash: sha256 });
export type MigrationRecord = z.infer<typeof MigrationRecord>;

/** What a backup ends with: all that is in it, and what it must come back as. */
export const BackupManifest = z.strictObject({
  migrations: z.array(MigrationRecord).min(1),
  /** In an order in which each comes after those it refers to. */
  tables: z.array(TableRecord),
  /** Names of partitions that were there; they are made anew before the rows come. */
  partitions: z.array(name),
  sequences: z.array(z.strictObject({ schema: name, sequence: name, last: count, called: z.boolean() })),
  /** What the desk can not start without as the same desk. */
  secrets: z.record(z.string(), z.string()),
  /** Small files of the data directory, by their path in it; the content is base64. */
  files: z.array(
    z.strictObject({
      path: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9][a-z0-9.-]*)+$/, 'is no path inside the data directory'),
      mode: count,
      content: z.base64(),
    }),
  ),
});
export type BackupManifest = z.infer<typeof BackupManifest>;
export type KeptFile = BackupManifest['files'][number];
