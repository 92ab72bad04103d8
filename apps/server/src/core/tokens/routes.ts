import { tokenRoutes as routes } from '@vakhta/api';
import { type Clock, newId, type Random } from '@vakhta/kernel';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { hashSecret } from '../access/authenticate.ts';
import { requireMember } from '../access/require-member.ts';
import { recordAudit } from '../audit/audit.ts';
import type { LiveSockets } from '../live/live-socket.ts';

export interface TokenRouteDeps {
  database: Database;
  clock: Clock;
  random: Random;
  live: Pick<LiveSockets, 'recheck'>;
}

/** Lets a leaked secret be recognised by scanners and people. */
const PREFIX = 'vakhta_';

export function tokenRoutes(api: Api, { database, clock, random, live }: TokenRouteDeps): void {
  api.implement(routes.listTokens, async ({ account }) => {
    const { organisation, member } = requireMember(account);
    const rows = await database.tenant(organisation, (tx) =>
      tx
        .selectFrom('api_tokens')
        .select(['id', 'name', 'created_at', 'last_used_at'])
        .where('member_id', '=', member)
        .orderBy('id')
        .execute(),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
      })),
      next: null,
    };
  });

  api.implement(routes.createToken, async ({ account, body }) => {
    const { organisation, member } = requireMember(account);
    const id = newId({ clock, random });
    const secret = PREFIX + Buffer.from(random.bytes(32)).toString('base64url');
    const createdAt = new Date(clock.now());
    await database.tenant(organisation, async (tx) => {
      await tx
        .insertInto('api_tokens')
        .values({
          id,
          org_id: organisation,
          member_id: member,
          name: body.name,
          secret_hash: hashSecret(secret),
          created_at: createdAt,
        })
        .execute();
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action: 'token.created',
        subject: { kind: 'token', id },
      });
    });
    return { id, name: body.name, createdAt: createdAt.toISOString(), lastUsedAt: null, secret };
  });

  api.implement(routes.revokeToken, async ({ account, params }) => {
    const { organisation, member } = requireMember(account);
    await database.tenant(organisation, async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom('api_tokens')
        .where('id', '=', params.token)
        .where('member_id', '=', member)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw notFound('token');
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action: 'token.revoked',
        subject: { kind: 'token', id: params.token },
      });
    });
    await live.recheck(account.user);
    return undefined;
  });
}
