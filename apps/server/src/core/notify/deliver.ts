import { AppError, type Clock, type Random } from '@vakhta/kernel';
import { sql } from 'kysely';
import type { Log } from '../../platform/log/log.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { composeMail } from './compose-mail.ts';
import { type Delivery, markSent, markUnsent, takeDue } from './outbox.ts';
import { selectRecipients } from './preferences.ts';
import { sendWebhook, type WebhookTarget } from './send-webhook.ts';

/** The mail addresses of people, by user id. */
export type FindPeople = (users: readonly string[]) => Promise<ReadonlyMap<string, { email: string }>>;

export interface DeliverDeps {
  database: Database;
  clock: Clock;
  random: Random;
  log: Log;
  /** Undefined where no mail server is set. */
  mailer: Mailer | undefined;
  findPeople: FindPeople;
  /** Where people open the desk. */
  desk(): string;
  fetch: typeof fetch;
}

/** Sends what is due. What can not be sent now is tried again later; nothing here throws for a receiver's fault. */
export async function deliverNotifications(deps: DeliverDeps): Promise<void> {
  const deliveries = await takeDue(deps.database, deps);
  await Promise.all(
    deliveries.map(async (delivery) => {
      try {
        await (delivery.webhook === null ? sendMail(delivery, deps) : postWebhook(delivery, deps));
      } catch (error) {
        const reason = reasonOf(error);
        deps.log.warn({
          event: 'notification.unsent',
          delivery: delivery.id,
          attempts: delivery.attempts,
          reason,
        });
        return markUnsent(deps.database, delivery, deps.clock.now(), reason);
      }
      await markSent(deps.database, delivery, deps.clock.now());
      deps.log.debug({
        event: 'notification.sent',
        delivery: delivery.id,
        by: delivery.webhook === null ? 'mail' : 'webhook',
        attempts: delivery.attempts,
      });
    }),
  );
}

/** What an administrator can act on: "fetch failed" alone does not say that the name or the port is wrong. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message || error.cause.name : undefined;
  return cause ? `${error.message}: ${cause}` : error.message;
}

async function sendMail(
  delivery: Delivery,
  { database, mailer, findPeople, desk }: DeliverDeps,
): Promise<void> {
  if (!mailer) throw new AppError('mail.not_configured', 'no mail server is set: VAKHTA_SMTP_URL');
  const [recipient] = await database.tenant(delivery.organisation, (tx) =>
    selectRecipients(tx, sql`m.id = ${delivery.member}`),
  );
  const person = recipient && (await findPeople([recipient.user])).get(recipient.user);
  if (!recipient || !person) throw new AppError('mail.no_recipient', 'the member has no address');
  const mail = composeMail(delivery.items, recipient.settings, desk());
  await mailer.send({ id: delivery.id, to: person.email, ...mail }).catch((cause: unknown) => {
    // A mail server likes to repeat the address, which belongs in no log.
    throw new AppError('mail.unsent', reasonOf(cause).replaceAll(person.email, '…'));
  });
}

async function postWebhook(delivery: Delivery, deps: DeliverDeps): Promise<void> {
  const target = await deps.database.tenant(delivery.organisation, async (tx) => {
    const { rows } = await sql<WebhookTarget>`
      select url, secret from webhooks where id = ${delivery.webhook}`.execute(tx);
    return rows[0];
  });
  if (!target) throw new AppError('webhook.gone', 'the webhook was removed');
  await sendWebhook(target, delivery, { now: deps.clock.now(), desk: deps.desk(), fetch: deps.fetch });
}
