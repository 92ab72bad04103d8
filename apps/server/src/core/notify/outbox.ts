import type { AlertSeverity } from '@vakhta/api';
import { type Clock, days, minutes, newId, type OrganisationId, type Random, seconds } from '@vakhta/kernel';
import type { Localized } from '@vakhta/things';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';

/** At most one mail in this time for one person: the rest of a storm comes in the next, together. */
const BETWEEN_MAILS = minutes(1);
/** Whoever took a delivery and is not done by then has died with it. */
const LEASE = minutes(2);
const GIVE_UP = days(1);
const LOCK = 7205;

/** How long until the next try. */
const backOff = (attempts: number): number =>
  Math.min(seconds(15) * 2 ** Math.max(0, attempts - 1), minutes(15));

/** One line of what is told. */
export interface Item {
  id: string;
  alert: string;
  step: 'opened' | 'escalated' | 'cleared';
  severity: AlertSeverity;
  at: string;
  since: string;
  title: Localized;
  help: Localized | null;
  subject: { kind: 'thing' | 'agent'; id: string; name: string; site: string | null };
}

/** What is sent at once: to a member as one mail, to a webhook as one request. */
export interface Delivery {
  id: string;
  organisation: OrganisationId;
  member: string | null;
  webhook: string | null;
  attempts: number;
  items: Item[];
}

/** Takes what is due, for this server alone until it is settled or the lease is over. */
export function takeDue(database: Database, deps: { clock: Clock; random: Random }): Promise<Delivery[]> {
  const now = deps.clock.now();
  return database.system(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(
      tx,
    );
    if (!rows[0]?.mine) return [];
    await formDeliveries(tx, now, deps);
    const taken = await sql<{ delivery_id: string }>`
      update notifications set due_at = ${new Date(now + LEASE)}, attempts = attempts + 1
      where state = 'sending' and due_at <= ${new Date(now)} returning delivery_id`.execute(tx);
    return readDeliveries(tx, [...new Set(taken.rows.map((row) => row.delivery_id))]);
  });
}

/** Gathers what waits: all of one member's into one mail, unless one is still on its way or has just gone. */
async function formDeliveries(tx: Tx, now: number, deps: { clock: Clock; random: Random }): Promise<void> {
  const { rows } = await sql<{ whom: string; ids: string[]; is_webhook: boolean }>`
    select coalesce(n.member_id, n.id) as whom, array_agg(n.id) as ids, bool_or(n.webhook_id is not null) as is_webhook
    from notifications n
    where n.state = 'waiting' and n.due_at <= ${new Date(now)} and (n.webhook_id is not null or not exists (
      select from notifications o where o.member_id = n.member_id
        and (o.state = 'sending' or o.sent_at > ${new Date(now - BETWEEN_MAILS)})))
    group by 1`.execute(tx);
  for (const { ids } of rows)
    await sql`
      update notifications set state = 'sending', delivery_id = ${newId(deps)}, due_at = ${new Date(now)}
      where id = any(${ids}::uuid[]) and state = 'waiting'`.execute(tx);
}

async function readDeliveries(tx: Tx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Delivery>`
    select n.delivery_id as id, n.org_id as organisation, n.member_id as member, n.webhook_id as webhook,
      max(n.attempts) as attempts,
      jsonb_agg(jsonb_build_object('id', n.id, 'alert', a.id, 'step', n.step, 'severity', n.severity, 'at', n.at,
        'since', a.since, 'title', a.title, 'help', a.help, 'subject', jsonb_build_object('kind', a.subject_kind,
          'id', a.subject_id, 'name', a.subject_name, 'site', s.name)) order by n.at, n.id) as items
    from notifications n join alerts a on a.id = n.alert_id left join sites s on s.id = a.site_id
    where n.delivery_id = any(${ids}::uuid[]) group by 1, 2, 3, 4 order by 1`.execute(tx);
  return rows;
}

export function markSent(database: Database, delivery: Delivery, now: number): Promise<void> {
  return database.system(async (tx) => {
    await sql`
      update notifications set state = 'sent', sent_at = ${new Date(now)}, error = null
      where delivery_id = ${delivery.id} and state = 'sending'`.execute(tx);
  });
}

/** It is tried again after a while, as the same delivery; given up after a day. */
export function markUnsent(
  database: Database,
  delivery: Delivery,
  now: number,
  error: string,
): Promise<void> {
  return database.system(async (tx) => {
    await sql`
      update notifications set error = ${error.slice(0, 500)}, due_at = ${new Date(now + backOff(delivery.attempts))},
        state = case when at < ${new Date(now - GIVE_UP)} then 'failed' else 'sending' end
      where delivery_id = ${delivery.id} and state = 'sending'`.execute(tx);
  });
}
