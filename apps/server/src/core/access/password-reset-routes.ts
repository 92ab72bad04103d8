import { passwordResetRoutes as routes } from '@vakhta/api';
import { hours, newId, type Random } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';
import { isEmpty } from '../organisations/create-organisation.ts';
import type { Api } from './api.ts';
import { AttemptLimit } from './attempt-limit.ts';
import type { AccessRouteDeps } from './session-routes.ts';

const RESET_HOLDS = hours(1);
/** Mails within a quarter of an hour. Counted alike for e-mails that nobody has. */
const MAILS_PER_PERSON = 3;
const MAILS_PER_ADDRESS = 30;

export interface PasswordResetDeps extends AccessRouteDeps {
  random: Random;
  links: LinkTokens;
  /** Whether this server sends mail. */
  /** Whether mail can be sent, as things stand. */
  hasMail(): boolean;
}

export function passwordResetRoutes(
  api: Api,
  { database, identity, guard, auditPerson, live, clock, random, links, hasMail }: PasswordResetDeps,
): void {
  const perPerson = new AttemptLimit(clock, { times: MAILS_PER_PERSON });
  const perAddress = new AttemptLimit(clock, { times: MAILS_PER_ADDRESS });
  const { resets } = identity;

  api.implement(routes.getDoor, async () => ({ mail: hasMail(), empty: await isEmpty(database) }));

  api.implement(routes.forgotPassword, async ({ body: { email, language }, raw }) => {
    if (!hasMail()) throw new HttpProblem('unavailable', 'this server sends no mail');
    if (!perAddress.begin(raw.ip) || !perPerson.begin(email))
      throw new HttpProblem('too_many_requests', 'too many mails were asked for; try again in 15 minutes');
    const now = clock.now();
    await resets.request(
      { id: newId({ clock, random }), email, language },
      { now, expires: now + RESET_HOLDS },
    );
    return undefined;
  });

  api.implement(routes.lookAtReset, async ({ body: { token } }) => {
    const id = links.read('password reset', token);
    return { good: id !== undefined && (await resets.isGood(id, clock.now())) };
  });

  api.implement(routes.resetPassword, async ({ body: { token, password } }) => {
    const id = links.read('password reset', token);
    const user = id === undefined ? undefined : await resets.spend(id, clock.now());
    if (user === undefined) throw linkIsVoid();
    await identity.setPassword(user, password);
    await live.recheck(user);
    await auditPerson(user, 'password.reset_by_mail');
    const person = (await identity.findPeople([user])).get(user);
    // Whoever locked them out by guessing does not keep them out.
    if (person) await guard.lift(person.email);
    return undefined;
  });
}

export const linkIsVoid = (): HttpProblem =>
  new HttpProblem('link_void', 'this link was used already, has expired or was withdrawn');
