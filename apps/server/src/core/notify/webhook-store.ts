import type { Webhook } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

/** Webhooks by name, each with how its last delivery went. The secret is read where it signs and nowhere else. */
export async function selectWebhooks(
  tx: Tx,
  filter: { id?: string; after?: { name: string; id: string }; limit: number },
): Promise<Webhook[]> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id) conditions.push(sql`w.id = ${filter.id}`);
  if (filter.after) conditions.push(sql`(w.name, w.id) > (${filter.after.name}, ${filter.after.id}::uuid)`);
  const { rows } = await sql<Omit<Webhook, 'lastSent'> & { last_sent: Date | null }>`
    select w.id, w.name, w.url, w.minimum, w.enabled, sent.at as last_sent,
      (select error from notifications n where n.webhook_id = w.id and n.state in ('sending', 'failed')
        and n.at > coalesce(sent.at, '-infinity') and error is not null order by n.at desc limit 1) as problem
    from webhooks w
    cross join lateral (select max(sent_at) as at from notifications n where n.webhook_id = w.id) sent
    where ${sql.join(conditions, sql` and `)} order by w.name, w.id limit ${filter.limit}`.execute(tx);
  return rows.map(({ last_sent, ...row }) => ({ ...row, lastSent: last_sent?.toISOString() ?? null }));
}
