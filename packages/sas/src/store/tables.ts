/**
 * What the store keeps, told once: from it come the file's tables, and what a mirror makes of them elsewhere. The form is
 * that of `Table` in `@vakhta/mirror`, which this package does not need.
 */
export type StoreColumn = { readonly nullable?: boolean } & (
  | { readonly kind: 'integer' | 'boolean' | 'instant' | 'json' }
  | { readonly kind: 'text'; readonly maxLength?: number }
);

export interface StoreTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, StoreColumn>>;
}

/** Names a row for good: the life of the store's file, and the number the row got in it. */
const numbered = { store: { kind: 'text', maxLength: 36 }, number: { kind: 'integer' } } as const;
const machineName = { kind: 'text', maxLength: 60 } as const;

/** A machine as it was last heard of; one row each, written anew at every change. */
export const machineTable = {
  name: 'sas_machine',
  key: ['machine'],
  columns: {
    machine: machineName,
    address: { kind: 'integer' },
    is_up: { kind: 'boolean' },
    changed_at: { kind: 'instant' },
    identity: { kind: 'json', nullable: true },
  },
} as const satisfies StoreTable;

/** A meter as it was read; a row only where it differs from the reading before, and at the latest each heartbeat. */
export const readingTable = {
  name: 'sas_reading',
  key: ['store', 'number'],
  columns: {
    ...numbered,
    machine: machineName,
    at: { kind: 'instant' },
    /** 0 is the whole machine. */
    game: { kind: 'integer' },
    /** Four hex digits (facts 6). */
    code: { kind: 'text', maxLength: 4 },
    title: { kind: 'text', maxLength: 100 },
    unit: { kind: 'text', maxLength: 10 },
    value: { kind: 'integer' },
    /** How much was counted since the reading before; not at the first one, after a clear, or of balances. */
    delta: { kind: 'integer', nullable: true },
    /** 'first', 'counted', 'rolledOver', 'cleared' or 'balance'. */
    change: { kind: 'text', maxLength: 12 },
  },
} as const satisfies StoreTable;

/** What a machine or the host told. */
export const eventTable = {
  name: 'sas_event',
  key: ['store', 'number'],
  columns: {
    ...numbered,
    machine: machineName,
    at: { kind: 'instant' },
    /** 'exception', 'handpay', 'transfer' …: the host's name of the event. */
    kind: { kind: 'text', maxLength: 40 },
    /** Two hex digits of an exception (facts 7). */
    code: { kind: 'text', maxLength: 4, nullable: true },
    title: { kind: 'text', maxLength: 100, nullable: true },
    /** The host's own number of a transfer or a ticket, which may be told twice and is kept once. */
    id: { kind: 'text', maxLength: 60, nullable: true },
    data: { kind: 'json' },
  },
} as const satisfies StoreTable;

export const storeTables = [machineTable, readingTable, eventTable] as const;
