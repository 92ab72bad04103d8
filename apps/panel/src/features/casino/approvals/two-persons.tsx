import { Loader } from '@mantine/core';
import { ApiError, casinoApprovalRoutes } from '@vakhta/api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../../app/api.ts';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import css from './approvals.module.css';

const EVERY = 1_500;

/**
 * Does what may need a second person: asked for one, it waits while the dialog is open, and does the same again once it was
 * approved. Rejects with the refusal where nobody approves in time; `giveUp` when a dialog closes that stays mounted.
 */
export function useTwoPersons() {
  const hall = useHallId();
  const [isWaiting, setWaiting] = useState(false);
  /** The wait under way; one that is no longer it has been given up. */
  const current = useRef<symbol>(undefined);
  const giveUp = useCallback(() => {
    current.current = undefined;
  }, []);
  useEffect(() => giveUp, [giveUp]);

  /** Whether the newest of the caller's requests was approved before it grew too old or was given up. */
  const isApproved = async (wait: symbol): Promise<boolean> => {
    while (current.current === wait) {
      // A lost connection is no answer: the next question may get one.
      const own = await api
        .call(casinoApprovalRoutes.listOwnCasinoRequests, { params: { hall } })
        .catch(() => undefined);
      const newest = own?.items.find(({ isUsed }) => !isUsed);
      if (own && !newest) return false;
      if (newest?.approvedBy) return current.current === wait;
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
    return false;
  };

  const withApproval = async (deed: () => Promise<unknown>): Promise<void> => {
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof ApiError) || error.rule !== 'approval_required') throw error;
      setWaiting(true);
      const wait = Symbol('wait');
      current.current = wait;
      const approved = await isApproved(wait);
      setWaiting(false);
      if (!approved) throw error;
      await deed();
    }
  };
  return { withApproval, isWaiting, giveUp };
}

/** Below the fields of a dialog whose act waits for somebody else. */
export function WaitsForSecond({ isWaiting }: { isWaiting: boolean }) {
  const { t } = useWords();
  return (
    <div role="status">
      {isWaiting && (
        <p className={css.waits}>
          <Loader size="xs" /> {t('casinoControl.waits')}
        </p>
      )}
    </div>
  );
}
