import { secondFactorRoutes as routes } from '@vakhta/api';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Api } from './api.ts';
import { lockedOut } from './guard.ts';
import { letIn } from './let-in.ts';
import { requireSession } from './require-session.ts';
import type { AccessRouteDeps } from './session-routes.ts';
import { cookieOf, setCookies } from './set-cookies.ts';
import { visitorOf } from './visitor-of.ts';

const wrongCode = (field: string) =>
  new HttpProblem('wrong_credentials', 'the code is wrong', { field, rule: 'wrong' });

/** The second step at the door, and setting it up. The library itself counts wrong codes and locks their person out. */
export function secondFactorRoutes(
  api: Api,
  { identity, guard, auditPerson, live, clock }: AccessRouteDeps,
): void {
  api.implement(routes.signInByCode, async ({ body, raw, reply }) => {
    const entered = await identity.signInByCode(raw.headers.cookie ?? '', body, visitorOf(raw));
    if (!entered.ok) {
      if (entered.error === 'locked_out') throw lockedOut();
      if (entered.error === 'wrong_code') throw wrongCode('code' in body ? 'code' : 'recoveryCode');
      throw new HttpProblem('not_signed_in', 'begin again with e-mail and password');
    }
    return letIn({ identity, auditPerson, clock }, entered.value, { raw, reply });
  });

  api.implement(routes.beginSecondFactor, async ({ account, body, raw }) => {
    const begun = await guard.withPassword(account, raw.ip, 'password', async () => {
      const outcome = await identity.secondFactor.begin(requireSession(account).cookie, body.password);
      return !outcome.ok && outcome.error === 'wrong_password' ? outcome.error : outcome;
    });
    if (!begun.ok) throw new HttpProblem('conflict', 'the second factor is on already');
    return begun.value;
  });

  api.implement(routes.confirmSecondFactor, async ({ account, body, reply }) => {
    const confirmed = await identity.secondFactor.confirm(requireSession(account).cookie, body.code);
    if (!confirmed.ok) {
      if (confirmed.error === 'wrong_code') throw wrongCode('code');
      throw new HttpProblem('unprocessable', 'begin to set it up first');
    }
    setCookies(reply, confirmed.value);
    // Whoever got in by the password alone does not stay in.
    const own = await identity.sessionOf(cookieOf(confirmed.value));
    if (own) await identity.sessions.endOthers(account.user, own.id);
    await live.recheck(account.user);
    await auditPerson(account.user, 'second_factor.turned_on');
    return undefined;
  });

  api.implement(routes.turnOffSecondFactor, async ({ account, body, raw, reply }) => {
    const cookies = await guard.withPassword(account, raw.ip, 'password', async () => {
      const outcome = await identity.secondFactor.turnOff(requireSession(account).cookie, body.password);
      return outcome.ok ? outcome.value : outcome.error;
    });
    setCookies(reply, cookies);
    await live.recheck(account.user);
    await auditPerson(account.user, 'second_factor.turned_off');
    return undefined;
  });

  api.implement(routes.renewRecoveryCodes, async ({ account, body, raw }) => {
    const renewed = await guard.withPassword(account, raw.ip, 'password', async () => {
      const outcome = await identity.secondFactor.renewRecoveryCodes(
        requireSession(account).cookie,
        body.password,
      );
      return !outcome.ok && outcome.error === 'wrong_password' ? outcome.error : outcome;
    });
    if (!renewed.ok) throw new HttpProblem('unprocessable', 'there is no second factor');
    await auditPerson(account.user, 'second_factor.codes_renewed');
    return { recoveryCodes: renewed.value };
  });
}
