import type { Clock } from '@vakhta/kernel';
import { HttpProblem } from '../../platform/http/http-problem.ts';
import { type Attempts, createAttempts } from '../../platform/identity/attempts.ts';
import type { Identity } from '../../platform/identity/identity.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Account } from './principal.ts';
import { requireSession } from './require-session.ts';

/** Failures within a quarter of an hour; an address may be a whole office, an e-mail is one person. */
const FAILURES_PER_ADDRESS = 50;
const FAILURES_PER_PERSON = 10;

/** Counts wrong guesses at the door and at what the password is asked for once more. */
export class Guard {
  readonly #perAddress: Attempts;
  readonly #perPerson: Attempts;

  constructor({ pool }: Pick<Database, 'pool'>, clock: Clock) {
    this.#perAddress = createAttempts(pool, clock, { kind: 'address', failures: FAILURES_PER_ADDRESS });
    this.#perPerson = createAttempts(pool, clock, { kind: 'person', failures: FAILURES_PER_PERSON });
  }

  /** Counts as a failure until `succeed`. Throws 'locked_out' once there were too many. */
  async begin(person: string, address: string): Promise<void> {
    if (!(await this.#perPerson.begin(person))) throw lockedOut();
    if (await this.#perAddress.begin(address)) return;
    await this.#perPerson.forgive(person);
    throw new HttpProblem('too_many_requests', 'too many failed sign-ins from here; try again in 15 minutes');
  }

  async succeed(person: string, address: string): Promise<void> {
    await this.#perPerson.forgive(person);
    await this.#perAddress.forgive(address);
  }

  /** For a person who has proven who they are in another way. */
  lift(person: string): Promise<void> {
    return this.#perPerson.clear(person);
  }

  isLockedOut(person: string): Promise<boolean> {
    return this.#perPerson.isSpent(person);
  }

  /** Runs what asks for the password once more; 'wrong_password' counts as a guess and is told at the field `field`. */
  async withPassword<T>(
    { user }: Pick<Account, 'user'>,
    address: string,
    field: string,
    work: () => Promise<T | 'wrong_password'>,
  ): Promise<T> {
    await this.begin(user, address);
    const done = await work();
    if (done === 'wrong_password')
      throw new HttpProblem('wrong_credentials', 'the password is wrong', { field, rule: 'wrong' });
    await this.succeed(user, address);
    return done;
  }

  /** Throws unless this is the password of who asks. */
  requirePassword(identity: Identity, account: Account, address: string, password: string): Promise<true> {
    return this.withPassword(account, address, 'password', async () =>
      (await identity.isPasswordOf(requireSession(account).cookie, password)) ? true : 'wrong_password',
    );
  }
}

export const lockedOut = (): HttpProblem =>
  new HttpProblem('locked_out', 'too many wrong guesses; try again in 15 minutes');
