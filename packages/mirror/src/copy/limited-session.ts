import { AppError, type Clock, type Duration, withDeadline } from '@vakhta/kernel';
import type { Session, Target } from '../target/session.ts';

/** Opens a session each of whose calls ends within `limit`: a half-open connection would never answer. */
export async function openLimited(target: Target, clock: Clock, limit: Duration): Promise<Session> {
  const tooLate = () =>
    new AppError('mirror.timeout', `${target.address}: no answer within ${limit} ms`, {
      context: { address: target.address },
      retry: 'after',
    });
  const opening = target.open();
  const session = await withDeadline(clock, limit, () => opening, tooLate).catch((error: unknown) => {
    // It may still come about, and then nobody would close it.
    opening.then(
      (late) => late.close(),
      () => {},
    );
    throw error;
  });
  const limited = <T>(work: () => Promise<T>): Promise<T> => withDeadline(clock, limit, work, tooLate);
  return {
    begin: () => limited(() => session.begin()),
    run: (statement) => limited(() => session.run(statement)),
    commit: () => limited(() => session.commit()),
    close: () => session.close(),
  };
}
