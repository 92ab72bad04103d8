import type { Json, OrganisationId } from '@vakhta/kernel';
import type { Position, ReadLimit, Source, SourceRow, Table } from '@vakhta/mirror';
import type { Database, Tx } from '../../../platform/postgres/database.ts';

/** Rows that one entry of the journal may make: itself, its meters, its legs in the ledger, the day it closed. */
const ROWS_OF_A_FACT = 1000;

/** What a customer finds in his own database. Amounts are in the currency's smallest unit. */
const mirrorTables: readonly Table[] = [
  {
    name: 'casino_journal',
    key: ['hall', 'entry'],
    columns: {
      hall: { kind: 'text', maxLength: 36 },
      entry: { kind: 'integer' },
      kind: { kind: 'text', maxLength: 40 },
      machine: { kind: 'text', maxLength: 200, nullable: true },
      at: { kind: 'instant' },
      received_at: { kind: 'instant' },
      data: { kind: 'json' },
    },
  },
  {
    name: 'casino_meter_reading',
    key: ['hall', 'entry', 'code'],
    columns: {
      hall: { kind: 'text', maxLength: 36 },
      entry: { kind: 'integer' },
      code: { kind: 'text', maxLength: 4 },
      machine: { kind: 'text', maxLength: 200 },
      at: { kind: 'instant' },
      value: { kind: 'integer' },
    },
  },
  {
    name: 'casino_ledger',
    key: ['hall', 'posting', 'account'],
    columns: {
      hall: { kind: 'text', maxLength: 36 },
      posting: { kind: 'integer' },
      account: { kind: 'text', maxLength: 250 },
      entry: { kind: 'integer' },
      type: { kind: 'text', maxLength: 40 },
      at: { kind: 'instant' },
      amount_minor: { kind: 'integer' },
    },
  },
  {
    name: 'casino_closed_day',
    key: ['hall', 'game_day'],
    columns: {
      hall: { kind: 'text', maxLength: 36 },
      game_day: { kind: 'date' },
      entry: { kind: 'integer' },
      state: { kind: 'text', maxLength: 40 },
      closed_at: { kind: 'instant' },
      rows: { kind: 'integer' },
      coin_in_minor: { kind: 'integer' },
      won_minor: { kind: 'integer' },
      rows_hash: { kind: 'text', maxLength: 64 },
    },
  },
];

interface Hall {
  database: Database;
  organisation: OrganisationId;
  hall: string;
}

/**
 * The books of a hall as a mirror takes them: what is append-only, in the order of the journal, whose numbers rise in the
 * order of commits because a hall takes one fact at a time. It is only ever read.
 */
export class HallSource implements Source {
  readonly name: string;
  readonly stream = 'journal';
  readonly tables = mirrorTables;
  readonly #hall: Hall;

  constructor(hall: Hall) {
    this.#hall = hall;
    this.name = `vakhta-hall-${hall.hall}`;
  }

  #inHall<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#hall.database.tenant(this.#hall.organisation, work);
  }

  read(after: Position, limit: ReadLimit): Promise<SourceRow[]> {
    return this.#inHall(async (tx) => {
      const { hall } = this.#hall;
      const facts = await tx
        .selectFrom('casino_facts')
        .select(['id', 'kind', 'machine', 'at', 'received_at', 'data'])
        .where('hall_id', '=', hall)
        .where('id', '>=', Math.floor(after / ROWS_OF_A_FACT))
        .orderBy('id')
        // The first of them may have been copied whole.
        .limit(limit.rows + 1)
        .execute();
      const ids = facts.map(({ id }) => id);
      const legs = Map.groupBy(await legsOf(tx, hall, ids), ({ fact_id }) => fact_id);
      const days = new Map((await daysOf(tx, hall, ids)).map((day) => [day.fact_id, day]));
      const rows = facts.flatMap((fact) =>
        numbered(fact, [
          journalRow(hall, fact),
          ...readingRows(hall, fact),
          ...(legs.get(fact.id) ?? []).map((leg) => legRow(hall, leg)),
          ...[days.get(fact.id)].filter((day) => day !== undefined).map((day) => dayRow(hall, day)),
        ]),
      );
      return withinBytes(rows.filter(({ position }) => position > after).slice(0, limit.rows), limit.bytes);
    });
  }

  last(): Promise<Position> {
    return this.#inHall(async (tx) => {
      const row = await tx
        .selectFrom('casino_facts')
        .select((eb) => eb.fn.max('id').as('last'))
        .where('hall_id', '=', this.#hall.hall)
        .executeTakeFirst();
      // Whatever that entry makes stands below the first position of the next.
      return row?.last === null || row === undefined ? 0 : row.last * ROWS_OF_A_FACT + ROWS_OF_A_FACT - 1;
    });
  }

  /** An estimate, as it is meant: how far the journal's numbers have gone on. */
  pending(after: Position): Promise<{ rows: number; oldestAt: number | null }> {
    return this.#inHall(async (tx) => {
      const copied = Math.floor(after / ROWS_OF_A_FACT);
      const waiting = tx
        .selectFrom('casino_facts')
        .select(['id', 'received_at'])
        .where('hall_id', '=', this.#hall.hall)
        .where('id', '>', copied)
        .limit(1);
      const oldest = await waiting.orderBy('id').executeTakeFirst();
      if (!oldest) return { rows: 0, oldestAt: null };
      const newest = await waiting.orderBy('id', 'desc').executeTakeFirstOrThrow();
      return { rows: newest.id - copied, oldestAt: oldest.received_at.getTime() };
    });
  }

  /** A journal lets go of nothing. */
  prunedThrough(): Position {
    return 0;
  }

  mirroredThrough(): Promise<Position | null> {
    return this.#inHall(async (tx) => {
      const row = await tx
        .selectFrom('casino_mirrors')
        .select('position')
        .where('hall_id', '=', this.#hall.hall)
        .executeTakeFirst();
      return row?.position ?? null;
    });
  }

  async mirrored(position: Position): Promise<void> {
    await this.#inHall((tx) =>
      tx.updateTable('casino_mirrors').set({ position }).where('hall_id', '=', this.#hall.hall).execute(),
    );
  }
}

type Unnumbered = Pick<SourceRow, 'table' | 'values'>;
interface FactRow {
  id: number;
  kind: string;
  machine: string | null;
  at: Date;
  received_at: Date;
  data: unknown;
}

const numbered = ({ id, received_at }: FactRow, rows: readonly Unnumbered[]): SourceRow[] =>
  rows.map((row, index) => ({ ...row, position: id * ROWS_OF_A_FACT + index, at: received_at.getTime() }));

const journalRow = (hall: string, fact: FactRow): Unnumbered => ({
  table: 'casino_journal',
  values: {
    hall,
    entry: fact.id,
    kind: fact.kind,
    machine: fact.machine,
    at: fact.at.getTime(),
    received_at: fact.received_at.getTime(),
    data: fact.data as Json,
  },
});

function readingRows(hall: string, { id, machine, at, data }: FactRow): Unnumbered[] {
  const { meters } = data as { meters?: Record<string, number> };
  if (machine === null || meters === undefined) return [];
  return Object.entries(meters).map(([code, value]) => ({
    table: 'casino_meter_reading',
    values: { hall, entry: id, code, machine, at: at.getTime(), value },
  }));
}

const legsOf = (tx: Tx, hall: string, facts: readonly number[]) =>
  tx
    .selectFrom('casino_entries as e')
    .innerJoin('casino_legs as l', (join) =>
      join.onRef('l.hall_id', '=', 'e.hall_id').onRef('l.entry_id', '=', 'e.id'),
    )
    .select(['e.id', 'e.fact_id', 'e.type', 'e.at', 'l.account', 'l.amount_minor'])
    .where('e.hall_id', '=', hall)
    .where('e.fact_id', 'in', facts.length > 0 ? [...facts] : [0])
    .orderBy('e.id')
    .orderBy('l.account')
    .execute();

const legRow = (hall: string, leg: Awaited<ReturnType<typeof legsOf>>[number]): Unnumbered => ({
  table: 'casino_ledger',
  values: {
    hall,
    posting: leg.id,
    account: leg.account,
    entry: leg.fact_id,
    type: leg.type,
    at: leg.at.getTime(),
    amount_minor: leg.amount_minor,
  },
});

const daysOf = (tx: Tx, hall: string, facts: readonly number[]) =>
  tx
    .selectFrom('casino_closed_days')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('fact_id', 'in', facts.length > 0 ? [...facts] : [0])
    .execute();

const dayRow = (hall: string, day: Awaited<ReturnType<typeof daysOf>>[number]): Unnumbered => ({
  table: 'casino_closed_day',
  values: {
    hall,
    game_day: day.game_day,
    entry: day.fact_id,
    state: day.state,
    closed_at: day.closed_at.getTime(),
    rows: day.rows,
    coin_in_minor: day.coin_in_minor,
    won_minor: day.won_minor,
    rows_hash: day.rows_hash,
  },
});

/** As many from the front as weigh no more than that together, and at least one. */
function withinBytes(rows: readonly SourceRow[], bytes: number): SourceRow[] {
  const taken: SourceRow[] = [];
  let weight = 0;
  for (const row of rows) {
    weight += JSON.stringify(row.values).length;
    if (taken.length > 0 && weight > bytes) break;
    taken.push(row);
  }
  return taken;
}
