import type { Table } from '@vakhta/mirror';

export const machine = {
  name: 'machine',
  key: ['serial'],
  columns: {
    serial: { kind: 'text', maxLength: 40 },
    credits: { kind: 'integer' },
    note: { kind: 'text', nullable: true },
  },
} as const satisfies Table;

export const reading = {
  name: 'reading',
  key: ['id'],
  columns: { id: { kind: 'integer' }, at: { kind: 'instant' }, value: { kind: 'integer' } },
} as const satisfies Table;

/** Every kind there is. */
export const everything = {
  name: 'everything',
  key: ['id', 'day'],
  columns: {
    id: { kind: 'text', maxLength: 20 },
    day: { kind: 'date' },
    whole: { kind: 'integer', nullable: true },
    real: { kind: 'real', nullable: true },
    exact: { kind: 'decimal', precision: 12, scale: 2, nullable: true },
    flag: { kind: 'boolean', nullable: true },
    words: { kind: 'text', nullable: true },
    short: { kind: 'text', maxLength: 5, nullable: true },
    at: { kind: 'instant', nullable: true },
    data: { kind: 'json', nullable: true },
    raw: { kind: 'bytes', nullable: true },
  },
} as const satisfies Table;

export const keyOnly = {
  name: 'key_only',
  key: ['id'],
  columns: { id: { kind: 'integer' } },
} as const satisfies Table;
