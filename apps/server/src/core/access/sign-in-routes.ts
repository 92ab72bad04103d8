import { signInRoutes as routes } from '@vakhta/api';
import { cursorOf, parseCursor } from '../../platform/http/cursor.ts';
import type { Api } from './api.ts';
import type { AccessRouteDeps } from './session-routes.ts';

export function signInRoutes(api: Api, { identity }: Pick<AccessRouteDeps, 'identity'>): void {
  api.implement(routes.listOwnSignIns, async ({ account, query: { limit, cursor } }) => {
    const [at, id] = cursor ? (parseCursor(cursor, 2) as [string, string]) : [];
    const found = await identity.signIns.list(account.user, {
      limit: limit + 1,
      ...(at !== undefined && id !== undefined && { before: { at, id } }),
    });
    const items = found.slice(0, limit).map((one) => ({ ...one, at: one.at.toISOString() }));
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? cursorOf(last.at, last.id) : null };
  });
}
