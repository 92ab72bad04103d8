import { type ActionAffordance, parseValue } from '@vakhta/things';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import { usePast } from '../../past/past.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { tellRefused } from '../notify.ts';
import type { Asking } from './asking.ts';
import { type Input, send } from './send.ts';

interface Acting {
  /** Sends at once where nothing is left to choose or to be warned of; asks first otherwise. */
  ask(asking: Asking): void;
  /** The group request last made here, until it is hidden. */
  batch: string | undefined;
  hideBatch(): void;
}

const Context = createContext<Acting | undefined>(undefined);
const ActionDialog = lazy(async () => ({ default: (await import('./action-dialog.tsx')).ActionDialog }));

/** Whether a person must see a form or a warning before the action is sent. */
const needsDialog = (affordance: ActionAffordance, input: Record<string, unknown>): boolean =>
  affordance.confirm === 'ask' ||
  affordance.physical ||
  (affordance.input !== undefined && !parseValue(affordance.input, input).ok);

/** Lets everything below ask things for actions. */
export function ActingProvider({ children }: { children: ReactNode }) {
  const textOf = useErrorText();
  const [asking, setAsking] = useState<Asking>();
  const [batch, setBatch] = useState<string>();

  const submit = useCallback(async ({ things, action }: Asking, input: Input) => {
    const answer = await send(things, action, input);
    if (answer.batch) setBatch(answer.batch);
  }, []);

  const ask = useCallback(
    (next: Asking) => {
      const affordance = next.model.actions[next.action];
      if (!affordance || next.things.length === 0) return;
      if (needsDialog(affordance, next.input ?? {})) setAsking(next);
      else submit(next, (next.input ?? {}) as Input).catch((error: unknown) => tellRefused(textOf(error)));
    },
    [submit, textOf],
  );

  const acting = useMemo(() => ({ ask, batch, hideBatch: () => setBatch(undefined) }), [ask, batch]);
  return (
    <Context value={acting}>
      {children}
      {asking && (
        <Suspense>
          <ActionDialog
            asking={asking}
            onClose={() => setAsking(undefined)}
            onSend={(input) => submit(asking, input)}
          />
        </Suspense>
      )}
    </Context>
  );
}

export function useActing(): Acting {
  const acting = useContext(Context);
  if (!acting) throw new Error('useActing is used outside ActingProvider');
  const past = usePast();
  const { t } = useWords();
  // The buttons are off; what else leads here (a key, a menu) is told why.
  return past ? { ...acting, ask: () => tellRefused(t('past.noActions')) } : acting;
}
