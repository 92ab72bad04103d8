import { permissionsOf, sessionRoutes as routes, type Session } from '@vakhta/api';
import type { Clock } from '@vakhta/kernel';
import type { FastifyReply } from 'fastify';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { Identity, Person } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { recordAudits } from '../audit/audit.ts';
import type { Api } from './api.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { type Membership, membershipsOf } from './authenticate.ts';
import type { Account, BrowserSession } from './principal.ts';

export interface SessionRouteDeps {
  database: Database;
  identity: Identity;
  clock: Clock;
}

/** Failures within a quarter of an hour; an address may be a whole office, an e-mail is one person. */
const FAILURES_PER_ADDRESS = 50;
const FAILURES_PER_EMAIL = 10;

export function sessionRoutes(api: Api, { database, identity, clock }: SessionRouteDeps): void {
  const perAddress = new AttemptLimit(clock, { failures: FAILURES_PER_ADDRESS });
  const perEmail = new AttemptLimit(clock, { failures: FAILURES_PER_EMAIL });

  api.implement(routes.signIn, async ({ body: { email, password }, raw, reply }) => {
    if (!perAddress.begin(raw.ip) || !perEmail.begin(email))
      throw new HttpProblem('too_many_requests', 'too many failed sign-ins; try again in 15 minutes');
    const session = await identity.signIn(email, password);
    if (!session) throw new HttpProblem('wrong_credentials', 'the e-mail or the password is wrong');
    perAddress.forgive(raw.ip);
    perEmail.forgive(email);
    setCookies(reply, session.cookies);
    const memberships = await database.system(async (tx) => {
      const found = await membershipsOf(tx, session.person.id);
      await recordAudits(
        tx,
        found.map(({ organisation, member }) => ({
          organisation,
          actor: { kind: 'member', id: member },
          action: 'session.started',
        })),
      );
      return found;
    });
    return viewSession(session.person, memberships);
  });

  api.implement(routes.getSession, async ({ account }) => {
    const person = (await identity.findPeople([account.user])).get(account.user);
    if (!person) throw new HttpProblem('not_signed_in', 'this person is no more');
    // A token acts in its own organisation, wherever else its maker belongs.
    const memberships = (await database.system((tx) => membershipsOf(tx, account.user))).filter(
      ({ organisation }) => account.session !== null || organisation === account.principal?.organisation,
    );
    return viewSession(person, memberships);
  });

  api.implement(routes.signOut, async ({ account, reply }) => {
    setCookies(reply, await identity.signOut(requireSession(account).cookie));
    return undefined;
  });

  api.implement(routes.changePassword, async ({ account, body, reply }) => {
    const session = requireSession(account);
    if (!perEmail.begin(account.user))
      throw new HttpProblem('too_many_requests', 'too many wrong passwords; try again in 15 minutes');
    const changed = await identity.changePassword(session.cookie, body.current, body.next);
    if (!changed.ok)
      throw new HttpProblem('wrong_credentials', 'the current password is wrong', {
        field: 'current',
        rule: 'wrong',
      });
    perEmail.forgive(account.user);
    setCookies(reply, changed.value);
    await database.system(async (tx) =>
      recordAudits(
        tx,
        (await membershipsOf(tx, account.user)).map(({ organisation, member }) => ({
          organisation,
          actor: { kind: 'member', id: member },
          action: 'password.changed',
        })),
      ),
    );
    return undefined;
  });
}

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) void reply.header('set-cookie', [...cookies]);
}

function requireSession({ session }: Account): BrowserSession {
  if (!session) throw new HttpProblem('forbidden', 'an API token has no session; sign in');
  return session;
}

const viewSession = ({ id, email, name }: Person, memberships: readonly Membership[]): Session => ({
  user: { id, email, name },
  memberships: memberships.map(({ organisation, organisationName, roles }) => ({
    organisation: { id: organisation, name: organisationName },
    roles,
    permissions: [...permissionsOf(roles)],
  })),
});
