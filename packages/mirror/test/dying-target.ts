import { AppError } from '@vakhta/kernel';
import type { Session, Target } from '@vakhta/mirror';

export interface DyingTarget extends Target {
  /** Calls made so far, over all sessions. */
  readonly calls: number;
  readonly isDead: boolean;
}

/**
 * The process dies at its call number `at` of the database: before the call is made, or after the database has done what
 * it asked but before the answer arrives. From then on nothing more of it reaches the database.
 */
export function dyingAt(target: Target, at: number, when: 'before' | 'after'): DyingTarget {
  let calls = 0;
  let isDead = false;
  const death = () => new AppError('test.died', `died ${when} call ${at}`);

  const wrap = (session: Session): Session => {
    const call = async <T>(work: () => Promise<T>): Promise<T> => {
      if (isDead) throw death();
      calls += 1;
      const dies = calls === at;
      if (dies && when === 'before') {
        isDead = true;
        session.close();
        throw death();
      }
      const answer = await work();
      if (!dies) return answer;
      isDead = true;
      session.close();
      throw death();
    };
    return {
      begin: () => call(() => session.begin()),
      run: (statement) => call(() => session.run(statement)),
      commit: () => call(() => session.commit()),
      close: () => session.close(),
    };
  };

  return {
    ...target,
    get calls() {
      return calls;
    },
    get isDead() {
      return isDead;
    },
    open: async () => {
      if (isDead) throw death();
      return wrap(await target.open());
    },
  };
}
