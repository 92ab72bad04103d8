import { dataAccessRoutes as routes } from '@vakhta/api';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { MemberNames } from '../access/member-names.ts';
import { requireMember } from '../access/require-member.ts';
import { selectDataAccess } from './data-access-store.ts';

/** Whoever belongs here may know who looked at their data: it needs no permission. */
export function dataAccessRoutes(
  api: Api,
  { database, memberNames }: { database: Database; memberNames: MemberNames },
): void {
  api.implement(routes.listDataAccess, async ({ account, query: { limit, cursor } }) => {
    const { organisation } = requireMember(account);
    const place = cursor ? (parseCursor(cursor, 4) as [string, string, string, string]) : undefined;
    const rows = await database.tenant(organisation, (tx) =>
      selectDataAccess(tx, {
        limit: limit + 1,
        ...(place && { after: { hour: place[0], member: place[1], what: place[2], via: place[3] } }),
      }),
    );
    const page = rows.slice(0, limit);
    const names = await memberNames(organisation, [...new Set(page.map((row) => row.member))]);
    const last = page.at(-1);
    return {
      items: page.map(({ member, what, via, hour, lastAt, times }) => ({
        member: { id: member, name: names.get(member) ?? null },
        what,
        via,
        hour: hour.toISOString(),
        lastAt: lastAt.toISOString(),
        times,
      })),
      next:
        rows.length > limit && last
          ? cursorOf(last.hour.toISOString(), last.member, last.what, last.via)
          : null,
    };
  });
}
