import { Permission, tokenRoutes as routes } from '@vakhta/api';
import { type Clock, newId, type Random } from '@vakhta/kernel';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { hashSecret } from '../access/authenticate.ts';
import type { Account, Principal } from '../access/principal.ts';
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

/** A token that was made for less than its member may do makes no other and revokes none. */
function requireManager(account: Account): Principal {
  const principal = requireMember(account);
  if (principal.limit) throw new HttpProblem('forbidden', 'a token with scopes manages no tokens');
  return principal;
}

/** One that there is no more gives nothing. */
const readPermissions = (stored: readonly string[] | null) =>
  stored?.flatMap((one) => Permission.safeParse(one).data ?? []) ?? null;

export function tokenRoutes(api: Api, { database, clock, random, live }: TokenRouteDeps): void {
  api.implement(routes.listTokens, async ({ account }) => {
    const { organisation, member } = requireMember(account);
    const rows = await database.tenant(organisation, (tx) =>
      tx
        .selectFrom('api_tokens')
        .select(['id', 'name', 'permissions', 'created_at', 'last_used_at'])
        .where('member_id', '=', member)
        .orderBy('id')
        .execute(),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        name: row.name,
        permissions: readPermissions(row.permissions),
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
      })),
      next: null,
    };
  });

  api.implement(routes.createToken, async ({ account, body }) => {
    const { organisation, member, permissions } = requireManager(account);
    const lacking = body.permissions?.find((one) => !permissions.has(one));
    if (lacking)
      throw new HttpProblem('invalid_field', `permissions: your roles do not give ${lacking}`, {
        field: 'permissions',
        rule: 'enum',
      });
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
          permissions: body.permissions ?? null,
          secret_hash: hashSecret(secret),
          created_at: createdAt,
        })
        .execute();
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action: 'token.created',
        subject: { kind: 'token', id },
        detail: { permissions: body.permissions ?? null },
      });
    });
    return {
      id,
      name: body.name,
      permissions: body.permissions ?? null,
      createdAt: createdAt.toISOString(),
      lastUsedAt: null,
      secret,
    };
  });

  api.implement(routes.revokeToken, async ({ account, params }) => {
    const { organisation, member } = requireManager(account);
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
