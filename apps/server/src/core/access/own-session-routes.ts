import { ownSessionRoutes as routes } from '@vakhta/api';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Api } from './api.ts';
import { requireSession } from './require-session.ts';
import type { AccessRouteDeps } from './session-routes.ts';

export function ownSessionRoutes(api: Api, { identity, auditPerson, live }: AccessRouteDeps): void {
  api.implement(routes.listOwnSessions, async ({ account }) => {
    const own = requireSession(account).id;
    const sessions = await identity.sessions.list(account.user);
    return {
      items: sessions.map(({ id, device, address, startedAt, lastUsedAt }) => ({
        id,
        current: id === own,
        device,
        address,
        startedAt: startedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
      })),
      next: null,
    };
  });

  api.implement(routes.endOwnSession, async ({ account, params }) => {
    if (!(await identity.sessions.end(account.user, params.session))) throw notFound('session');
    await live.recheck(account.user);
    await auditPerson(account.user, 'session.revoked');
    return undefined;
  });

  api.implement(routes.endOtherSessions, async ({ account }) => {
    await identity.sessions.endOthers(account.user, requireSession(account).id);
    await live.recheck(account.user);
    await auditPerson(account.user, 'session.others_revoked');
    return undefined;
  });
}
