import { type Json, UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import { eventTable, machineTable, readingTable } from './tables.ts';

/** How the program calls the machine; SQL Server takes 'a' and 'a ' for the same. */
const machine = z
  .string()
  .min(1)
  .max(machineTable.columns.machine.maxLength)
  .refine((name) => !name.endsWith(' '), 'no space at the end');
/** Milliseconds since the Unix epoch; clocks may give parts of one. */
const at = z.number().transform(Math.round);
/** A title is for people: too long a one is cut. */
const title = z.string().transform((text) => text.slice(0, readingTable.columns.title.maxLength));
const json = z.custom<Json>((value) => z.json().safeParse(value).success, 'not JSON');
const whole = z.union([
  z.int(),
  z
    .bigint()
    .min(-(2n ** 63n))
    .max(2n ** 63n - 1n),
]);

/** A meter as it was read. */
export const Reading = z.strictObject({
  machine,
  at,
  /** 0 is the whole machine. */
  game: z.int().min(0),
  /** Four hex digits (facts 6). */
  code: z.string().max(readingTable.columns.code.maxLength),
  title,
  unit: z.enum(['credits', 'cents', 'count', 'percent']),
  value: whole,
  delta: whole.optional(),
  change: z.enum(['first', 'counted', 'rolledOver', 'cleared', 'balance']),
});
export type Reading = z.input<typeof Reading>;

export const StoredEvent = z.strictObject({
  machine,
  at,
  /** The host's name of it, e.g. 'exception'. */
  kind: z.string().min(1).max(eventTable.columns.kind.maxLength),
  /** Of an exception: two hex digits. */
  code: z.string().max(eventTable.columns.code.maxLength).optional(),
  title: title.optional(),
  /** Of what may be told twice: a second event of the machine with this kind and id is not kept. */
  id: z.string().max(eventTable.columns.id.maxLength).optional(),
  data: json,
});
export type StoredEvent = z.input<typeof StoredEvent>;

export const MachineState = z.strictObject({
  machine,
  address: z.int().min(0).max(255),
  isUp: z.boolean(),
  at,
  /** What the machine says of itself: serial number, game, version. */
  identity: json.optional(),
});
export type MachineState = z.input<typeof MachineState>;

/** Throws `UsageError` 'sas_store.bad_record' with the field and the rule: a mirror could never take such a row. */
export function recordOf<T extends z.ZodType>(form: T, given: z.input<T>): z.output<T> {
  const parsed = form.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError('sas_store.bad_record', z.prettifyError(parsed.error));
}
