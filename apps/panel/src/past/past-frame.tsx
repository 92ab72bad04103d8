import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { type ReactNode, useMemo } from 'react';
import { api } from '../app/api.ts';
import { PageLoading } from '../app/page-loading.tsx';
import { useErrorText } from '../words/error-text.ts';
import { useWords } from '../words/words.ts';
import { type Past, PastContext } from './past.ts';
import { PastBar } from './past-bar.tsx';
import css from './past-frame.module.css';

interface PastFrameProps {
  /** ISO 8601; undefined: now, and nothing is framed. */
  at: string | undefined;
  /** Goes to another moment, or with undefined back to now. */
  onGo(at: string | undefined): void;
  children: ReactNode;
}

/** Shows what is inside as of a moment of the past, framed so that nobody takes it for the present. */
export function PastFrame({ at, onGo, children }: PastFrameProps) {
  if (at === undefined) return children;
  return (
    <Framed at={at} onGo={onGo}>
      {children}
    </Framed>
  );
}

function Framed({ at, onGo, children }: PastFrameProps & { at: string }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['past', at],
    queryFn: ({ signal }) => api.call(routes.getStateAsOf, { query: { at } }, { signal }),
    // Until the next moment is there the last one stays, marked with its own time.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const past = useMemo(
    (): Past | undefined => data && { at: Date.parse(data.at), states: data.things },
    [data],
  );
  return (
    <div className={css.frame} data-past>
      <PastBar at={at} shown={past?.at} loading={isPlaceholderData || (!data && !error)} onGo={onGo} />
      {error && <p className={css.error} role="alert">{`${t('shell.failedToLoad')}. ${textOf(error)}`}</p>}
      {past ? <PastContext value={past}>{children}</PastContext> : !error && <PageLoading />}
    </div>
  );
}
