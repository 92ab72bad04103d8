import { permissionsOf, sessionRoutes as routes, type Session } from '@vakhta/api';
import type { UserId } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { BeganBy } from '../../platform/identity/began-by.ts';
import type { Identity, Person } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { LiveSockets } from '../live/live-socket.ts';
import type { Api } from './api.ts';
import type { AuditPerson } from './audit-person.ts';
import { hasSecondFactor, type Membership, membershipsOf } from './authenticate.ts';
import type { Guard } from './guard.ts';
import { requireSession } from './require-session.ts';
import { setCookies } from './set-cookies.ts';
import { visitorOf } from './visitor-of.ts';

/** What everything at the door and on the account page works with. */
export interface AccessRouteDeps {
  database: Database;
  identity: Identity;
  guard: Guard;
  auditPerson: AuditPerson;
  /** Closes the live sockets of sessions that ended. */
  live: Pick<LiveSockets, 'recheck'>;
}

/** The id of no person. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

export function sessionRoutes(
  api: Api,
  { database, identity, guard, auditPerson, live }: AccessRouteDeps,
): void {
  api.implement(routes.signIn, async ({ body: { email, password }, raw, reply }) => {
    guard.begin(email, raw.ip);
    const entered = await identity.signIn(email, password, visitorOf(raw));
    if (!entered) {
      const known = await identity.findByEmail(email);
      // For an e-mail that nobody has the same is done about nobody: the time of the answer tells no more than its text.
      const subject = known?.id ?? NOBODY;
      await auditPerson(subject, 'session.refused', 'nobody known');
      if (guard.isLockedOut(email)) await auditPerson(subject, 'session.locked_out', 'nobody known');
      throw new HttpProblem('wrong_credentials', 'the e-mail or the password is wrong');
    }
    guard.succeed(email, raw.ip);
    setCookies(reply, entered.cookies);
    if ('codeNeeded' in entered)
      throw new HttpProblem('second_factor_needed', 'now send a code to POST /session/code');
    const { person, by } = entered;
    return viewSession(
      { ...person, secondFactor: false },
      await auditPerson(person.id, 'session.started'),
      by,
    );
  });

  api.implement(routes.getSession, async ({ account }) => {
    const person = (await identity.findPeople([account.user])).get(account.user);
    if (!person) throw new HttpProblem('not_signed_in', 'this person is no more');
    // A token acts in its own organisation, wherever else its maker belongs.
    const memberships = (await database.system((tx) => membershipsOf(tx, account.user))).filter(
      ({ organisation }) => account.session !== null || organisation === account.principal?.organisation,
    );
    const secondFactor = await identity.secondFactor.isOn(account.user);
    return viewSession({ ...person, secondFactor }, memberships, account.session?.by ?? null);
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

export const viewSession = (
  { id, email, name, secondFactor }: Person & { secondFactor: boolean },
  memberships: readonly Membership[],
  by: BeganBy | null,
): Session => ({
  user: { id, email, name, secondFactor },
  memberships: memberships.map(({ organisation, organisationName, roles, secondFactorRequired }) => ({
    organisation: { id: organisation, name: organisationName },
    roles,
    permissions: [...permissionsOf(roles)],
    lacksSecondFactor: secondFactorRequired && !hasSecondFactor({ secondFactor, by }),
  })),
});
