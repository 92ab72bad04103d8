import type { Instant } from '@vakhta/kernel';
import * as z from 'zod';
import { cursorTable } from '../dialects/cursor-table.ts';
import type { Source } from '../source/source.ts';
import type { Session, Target } from '../target/session.ts';
import { planTables } from './plan-tables.ts';

const FoundColumns = z.array(
  z.object({ table: z.string(), name: z.string(), type: z.string(), length: z.number().nullable() }),
);

/** Makes what is missing, in one transaction: the schema, the tables and columns, the cursor. */
export async function prepareTarget(
  session: Session,
  { dialect, schema }: Target,
  source: Source,
  now: Instant,
): Promise<void> {
  await session.begin();
  await session.run(dialect.lockTables());
  if (schema !== dialect.defaultSchema) await session.run(dialect.createSchema(schema));
  const found = FoundColumns.parse(await session.run(dialect.listColumns(schema)));
  for (const statement of planTables(dialect, schema, [cursorTable, ...source.tables], found))
    await session.run(statement);
  const cursor = { source: source.name, stream: source.stream };
  await session.run(dialect.addCursor(schema, cursor, new Date(now).toISOString()));
  await session.commit();
}
