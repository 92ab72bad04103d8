import { passkeyRoutes as routes } from '@vakhta/api';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Passkey } from '../../platform/identity/passkeys.ts';
import type { Api } from './api.ts';
import { letIn } from './let-in.ts';
import { requireSession } from './require-session.ts';
import type { AccessRouteDeps } from './session-routes.ts';
import { setCookies } from './set-cookies.ts';
import { originOf, visitorOf } from './visitor-of.ts';

export function passkeyRoutes(api: Api, { identity, guard, auditPerson, clock }: AccessRouteDeps): void {
  api.implement(routes.challengeToSignIn, async ({ raw, reply }) => {
    const { options, cookies } = await identity.challengeToSignIn(originOf(raw));
    setCookies(reply, cookies);
    return { options };
  });

  api.implement(routes.signInByPasskey, async ({ body, raw, reply }) => {
    const { cookie = '' } = raw.headers;
    const entered = await identity.signInByPasskey(originOf(raw), cookie, body.credential, visitorOf(raw));
    if (!entered) throw new HttpProblem('wrong_credentials', 'this passkey is not known here');
    return letIn({ identity, auditPerson, clock }, entered, { raw, reply });
  });

  api.implement(routes.listPasskeys, async ({ account }) => ({
    items: (await identity.passkeys.list(account.user)).map(view),
    next: null,
  }));

  api.implement(routes.challengeToAddPasskey, async ({ account, body, raw, reply }) => {
    await guard.requirePassword(identity, account, raw.ip, body.password);
    const { options, cookies } = await identity.passkeys.challengeToAdd(
      originOf(raw),
      requireSession(account).cookie,
    );
    setCookies(reply, cookies);
    return { options };
  });

  api.implement(routes.addPasskey, async ({ account, body, raw }) => {
    const { cookie } = requireSession(account);
    const added = await identity.passkeys.add(originOf(raw), cookie, body);
    if (!added.ok) throw new HttpProblem('unprocessable', 'this passkey did not prove itself; begin again');
    await auditPerson(account.user, 'passkey.added');
    return view(added.value);
  });

  api.implement(routes.renamePasskey, async ({ account, params, body }) => {
    if (!(await identity.passkeys.rename(account.user, params.passkey, body.name))) throw notFound('passkey');
    return undefined;
  });

  api.implement(routes.removePasskey, async ({ account, params }) => {
    if (!(await identity.passkeys.remove(account.user, params.passkey))) throw notFound('passkey');
    await auditPerson(account.user, 'passkey.removed');
    return undefined;
  });
}

const view = ({ id, name, createdAt }: Passkey) => ({ id, name, createdAt: createdAt.toISOString() });
