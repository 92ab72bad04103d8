import { type AlertSeverity, isAtLeast } from '@vakhta/api';
import { type Clock, type Instant, newId, type Random, seconds } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';
import type { AlertStep } from '../alerts/steps.ts';
import { type Recipient, selectRecipients } from './preferences.ts';
import { quietUntil } from './quiet-hours.ts';

/** A storm begins with one alert: so long a mail waits for others to go with it. */
const GATHER = seconds(3);

interface Queued {
  id: string;
  org_id: string;
  alert_id: string;
  step: string;
  level: number;
  severity: AlertSeverity;
  at: Date;
  member_id: string | null;
  webhook_id: string | null;
  due_at: Date;
}

/**
 * Writes into the outbox who is to be told of these steps. Runs in the transaction that takes the steps, as the system's
 * role: neither is there without the other.
 */
export async function queueNotifications(
  tx: Tx,
  steps: readonly AlertStep[],
  deps: { clock: Clock; random: Random; hasMail: boolean },
): Promise<void> {
  const told = steps.filter(({ step }) => step === 'opened' || step === 'escalated' || step === 'cleared');
  if (told.length === 0) return;
  const organisations = [...new Set(told.map(({ organisation }) => organisation))];
  const levels = await levelsOf(tx, told);
  const recipients = deps.hasMail
    ? await selectRecipients(tx, sql`m.org_id = any(${organisations}::uuid[])`)
    : [];
  const webhooks = await selectWebhooks(tx, organisations);
  const known = await toldBefore(tx, told);
  const rows = told.flatMap((step): Queued[] => {
    const base = {
      org_id: step.organisation,
      alert_id: step.alert,
      step: step.step,
      level: levels.get(step.alert) ?? 0,
      severity: step.severity,
      at: new Date(step.at),
    };
    const isWanted = (id: string, minimum: AlertSeverity) =>
      step.step === 'cleared' ? known.has(`${step.alert} ${id}`) : isAtLeast(step.severity, minimum);
    return [
      ...recipients
        .filter(({ organisation }) => organisation === step.organisation)
        .filter(({ member, settings }) => settings.email !== 'never' && isWanted(member, settings.email))
        .filter(({ settings }) => step.step !== 'cleared' || settings.tellCleared)
        .map((recipient) => ({
          ...base,
          id: newId(deps),
          member_id: recipient.member,
          webhook_id: null,
          due_at: new Date(dueAt(recipient, step)),
        })),
      ...webhooks
        .filter(({ org_id, id, minimum }) => org_id === step.organisation && isWanted(id, minimum))
        .map(({ id }) => ({ ...base, id: newId(deps), member_id: null, webhook_id: id, due_at: base.at })),
    ];
  });
  if (rows.length === 0) return;
  await sql`
    insert into notifications (id, org_id, alert_id, step, level, severity, at, member_id, webhook_id, due_at)
    select id, org_id, alert_id, step, level, severity, at, member_id, webhook_id, due_at
    from jsonb_populate_recordset(null::notifications, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx);
}

/** What is critical wakes people. */
function dueAt({ settings }: Recipient, { severity, at }: AlertStep): Instant {
  const quiet = severity === 'critical' ? undefined : quietUntil(settings, at);
  return quiet ?? at + GATHER;
}

async function levelsOf(tx: Tx, steps: readonly AlertStep[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; level: number }>`
    select id, level from alerts where id = any(${steps.map(({ alert }) => alert)}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, level }) => [id, level]));
}

/** Who was told of these alerts before: they alone care that one is over. */
async function toldBefore(tx: Tx, steps: readonly AlertStep[]): Promise<ReadonlySet<string>> {
  const cleared = steps.filter(({ step }) => step === 'cleared').map(({ alert }) => alert);
  if (cleared.length === 0) return new Set();
  const { rows } = await sql<{ alert_id: string; whom: string }>`
    select distinct alert_id, coalesce(member_id, webhook_id) as whom from notifications
    where alert_id = any(${cleared}::uuid[])`.execute(tx);
  return new Set(rows.map(({ alert_id, whom }) => `${alert_id} ${whom}`));
}

async function selectWebhooks(
  tx: Tx,
  organisations: readonly string[],
): Promise<{ id: string; org_id: string; minimum: AlertSeverity }[]> {
  const { rows } = await sql<{ id: string; org_id: string; minimum: AlertSeverity }>`
    select id, org_id, minimum from webhooks where enabled and org_id = any(${organisations}::uuid[])`.execute(
    tx,
  );
  return rows;
}
