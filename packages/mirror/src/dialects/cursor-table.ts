import type { Table } from '../source/table.ts';

/** Where the target keeps how far it is: beside the rows, so that both are always committed together. */
export const cursorTable = {
  name: 'vakhta_mirror_cursor',
  key: ['source', 'stream'],
  columns: {
    source: { kind: 'text', maxLength: 100 },
    stream: { kind: 'text', maxLength: 100 },
    position: { kind: 'integer' },
    moved_at: { kind: 'instant' },
  },
} as const satisfies Table;
