import { type OwnNotifications, notificationRoutes as routes, type Webhook } from '@vakhta/api';
import { type Clock, newId, type Random } from '@vakhta/kernel';
import { sql } from 'kysely';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { Principal } from '../access/principal.ts';
import { auditedChange } from '../audit/audited-change.ts';
import type { LiveHub } from '../live/hub.ts';
import type { FindPeople } from './deliver.ts';
import { selectRecipients } from './preferences.ts';
import { selectWebhooks } from './webhook-store.ts';

export interface NotificationRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  hub: Pick<LiveHub, 'publish'>;
  /** Whether mail can be sent, as things stand. */
  hasMail(): boolean;
  findPeople: FindPeople;
}

export function notificationRoutes(api: Api, deps: NotificationRouteDeps): void {
  const { database, clock, random, hub } = deps;
  const change = auditedChange({ database, hub }, 'webhook');

  const view = async ({ organisation, member, user }: Principal): Promise<OwnNotifications> => {
    const [settings, problem] = await database.tenant(organisation, async (tx) => {
      const [own] = await selectRecipients(tx, sql`m.id = ${member}`);
      return [own!.settings, await lastProblem(tx, member)] as const;
    });
    const address = (await deps.findPeople([user])).get(user)?.email ?? '';
    return { settings, mail: { configured: deps.hasMail(), address, problem } };
  };

  api.implement(routes.getNotifications, ({ principal }) => view(principal));

  api.implement(routes.setNotifications, async ({ principal, body }) => {
    await database.tenant(principal.organisation, (tx) =>
      sql`
        insert into notification_preferences (org_id, member_id, settings)
        values (${principal.organisation}, ${principal.member}, ${JSON.stringify(body)}::jsonb)
        on conflict (member_id) do update set settings = excluded.settings`.execute(tx),
    );
    return view(principal);
  });

  const requireWebhook = async (tx: Tx, id: string): Promise<Webhook> => {
    const [webhook] = await selectWebhooks(tx, { id, limit: 1 });
    if (!webhook) throw notFound('webhook');
    return webhook;
  };

  api.implement(routes.listWebhooks, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectWebhooks(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.createWebhook, ({ principal, body }) => {
    const id = newId({ clock, random });
    const secret = `vakhta_whk_${Buffer.from(random.bytes(32)).toString('base64url')}`;
    return change(principal, 'webhook.created', id, async (tx) => {
      await sql`
        insert into webhooks (id, org_id, name, url, secret, minimum, enabled)
        values (${id}, ${principal.organisation}, ${body.name}, ${body.url}, ${secret}, ${body.minimum}, true)`.execute(
        tx,
      );
      return { answer: { ...(await requireWebhook(tx, id)), secret }, detail: withoutPath(body) };
    });
  });

  api.implement(routes.changeWebhook, ({ principal, params, body }) =>
    change(principal, 'webhook.changed', params.webhook, async (tx) => {
      const before = await requireWebhook(tx, params.webhook);
      const {
        name = before.name,
        url = before.url,
        minimum = before.minimum,
        enabled = before.enabled,
      } = body;
      await sql`
        update webhooks set name = ${name}, url = ${url}, minimum = ${minimum}, enabled = ${enabled}
        where id = ${params.webhook}`.execute(tx);
      return { answer: await requireWebhook(tx, params.webhook), detail: withoutPath(body) };
    }),
  );

  api.implement(routes.removeWebhook, ({ principal, params }) =>
    change(principal, 'webhook.removed', params.webhook, async (tx) => {
      const { name } = await requireWebhook(tx, params.webhook);
      await sql`delete from webhooks where id = ${params.webhook}`.execute(tx);
      return { answer: undefined, detail: { name } };
    }),
  );
}

/** Where a webhook leads may hold a secret in its path; the audit keeps the host. */
const withoutPath = <Body extends { url?: string | undefined }>({ url, ...rest }: Body) => ({
  ...rest,
  ...(url !== undefined && { host: new URL(url).host }),
});

async function lastProblem(tx: Tx, member: string): Promise<string | null> {
  const { rows } = await sql<{ error: string | null }>`
    select error from notifications where member_id = ${member} and state in ('sending', 'failed') and error is not null
      and at > coalesce((select max(sent_at) from notifications where member_id = ${member}), '-infinity')
    order by at desc limit 1`.execute(tx);
  return rows[0]?.error ?? null;
}
