import { sessionRoutes as routes } from '@vakhta/api';
import type { Clock, UserId } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { LiveSockets } from '../live/live-socket.ts';
import type { Api } from './api.ts';
import type { AuditPerson } from './audit-person.ts';
import { membershipsOf } from './authenticate.ts';
import type { Guard } from './guard.ts';
import { letIn } from './let-in.ts';
import { requireSession } from './require-session.ts';
import { setCookies } from './set-cookies.ts';
import { viewSession } from './view-session.ts';
import { visitorOf } from './visitor-of.ts';

/** What everything at the door and on the account page works with. */
export interface AccessRouteDeps {
  database: Database;
  identity: Identity;
  guard: Guard;
  auditPerson: AuditPerson;
  clock: Clock;
  /** Closes the live sockets of sessions that ended. */
  live: Pick<LiveSockets, 'recheck'>;
}

/** The id of no person. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

export function sessionRoutes(
  api: Api,
  { database, identity, guard, auditPerson, live, clock }: AccessRouteDeps,
): void {
  api.implement(routes.signIn, async ({ body: { email, password }, raw, reply }) => {
    await guard.begin(email, raw.ip);
    const entered = await identity.signIn(email, password, visitorOf(raw));
    if (!entered) {
      const known = await identity.findByEmail(email);
      // For an e-mail that nobody has the same is done about nobody: the time of the answer tells no more than its text.
      const subject = known?.id ?? NOBODY;
      const isLast = await guard.isLockedOut(email);
      const outcome = isLast ? 'locked_out' : 'refused';
      await identity.signIns.note(subject, { outcome, by: null }, visitorOf(raw), clock.now());
      await auditPerson(subject, 'session.refused', 'nobody known');
      if (isLast) await auditPerson(subject, 'session.locked_out', 'nobody known');
      throw new HttpProblem('wrong_credentials', 'the e-mail or the password is wrong');
    }
    await guard.succeed(email, raw.ip);
    if ('codeNeeded' in entered) {
      setCookies(reply, entered.cookies);
      throw new HttpProblem('second_factor_needed', 'now send a code to POST /session/code');
    }
    return letIn({ identity, auditPerson, clock }, entered, { raw, reply });
  });

  api.implement(routes.getSession, async ({ account }) => {
    const person = (await identity.findPeople([account.user])).get(account.user);
    if (!person) throw new HttpProblem('not_signed_in', 'this person is no more');
    // A token acts in its own organisation, wherever else its maker belongs.
    const memberships = (await database.system((tx) => membershipsOf(tx, account.user))).filter(
      ({ organisation }) => account.session !== null || organisation === account.principal?.organisation,
    );
    const secondFactor = await identity.secondFactor.isOn(account.user);
    return viewSession(
      { ...person, secondFactor },
      memberships,
      account.session?.by ?? null,
      account.principal?.limit,
    );
  });

  api.implement(routes.signOut, async ({ account, reply }) => {
    setCookies(reply, await identity.signOut(requireSession(account).cookie));
    await live.recheck(account.user);
    await auditPerson(account.user, 'session.ended');
    return undefined;
  });

  api.implement(routes.changePassword, async ({ account, body, raw, reply }) => {
    const { cookie } = requireSession(account);
    const cookies = await guard.withPassword(account, raw.ip, 'current', async () => {
      const changed = await identity.changePassword(cookie, body.current, body.next, visitorOf(raw));
      return changed.ok ? changed.value : changed.error;
    });
    setCookies(reply, cookies);
    await live.recheck(account.user);
    await auditPerson(account.user, 'password.changed');
    return undefined;
  });
}
