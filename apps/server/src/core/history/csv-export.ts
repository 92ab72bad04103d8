import type { Instant, Json, OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Database } from '../../platform/postgres/database.ts';

export interface ExportQuestion {
  organisation: OrganisationId;
  thing: string;
  from: Instant;
  to: Instant;
  /** Names of properties; everything where absent. */
  properties?: readonly string[] | undefined;
}

interface Row {
  id: number;
  at: Date;
  received_at: Date;
  kind: string;
  name: string;
  data: Json;
}

const PAGE = 2000;
const HEADER = ['at', 'receivedAt', 'kind', 'name', 'value'];
/** Without it a spreadsheet takes UTF-8 for its own country's code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The observations of a span as lines of CSV (RFC 4180), oldest first. They are read page by page, each in a transaction
 * of its own: a year's worth needs no more memory than a minute's, and a slow reader holds nobody up.
 */
export async function* exportCsv(database: Database, question: ExportQuestion): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${line(HEADER)}`;
  let after = { at: new Date(question.from), id: 0 };
  for (;;) {
    const page = await readPage(database, question, after);
    const last = page.at(-1);
    if (!last) return;
    yield page.map((row) => line(cellsOf(row))).join('');
    if (page.length < PAGE) return;
    after = { at: last.at, id: last.id };
  }
}

function readPage(
  database: Database,
  { organisation, thing, to, properties }: ExportQuestion,
  after: { at: Date; id: number },
): Promise<readonly Row[]> {
  const chosen = properties
    ? sql`kind = 'property' and name = any(${properties}::text[])`
    : sql`kind in ('property', 'presence', 'event')`;
  return database.tenant(organisation, async (tx) => {
    const { rows } = await sql<Row>`
      select id, at, received_at, kind, name, data from log
      where thing_id = ${thing} and ${chosen} and (at, id) > (${after.at}, ${after.id}) and at < ${new Date(to)}
      order by at, id limit ${PAGE}`.execute(tx);
    return rows;
  });
}

const cellsOf = ({ at, received_at, kind, name, data }: Row): string[] => [
  at.toISOString(),
  received_at.toISOString(),
  kind,
  name,
  typeof data === 'string' ? withoutFormula(data) : data === null ? '' : JSON.stringify(data),
];

/** A spreadsheet would run what begins like this, and what a machine says of itself is text, whatever it looks like. */
const withoutFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const line = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
