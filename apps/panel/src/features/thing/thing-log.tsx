import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type LogEntry, routes } from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import { useEffect, useState } from 'react';
import { api } from '../../app/api.ts';
import { onLiveMessage } from '../../live/live.ts';
import { usePast } from '../../past/past.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import { LogRow } from './log-row.tsx';
import css from './thing-page.module.css';

type Kind = LogEntry['kind'];
const kinds: readonly Kind[] = ['property', 'event', 'presence', 'command'];
const PAGE = 60;
/** What just happened is asked for this soon; a chattering thing must not make the panel chatter. */
const FRESHEN = 800;

/** What was observed of a thing, newest first, growing while one looks; by kind where one asks. */
export function ThingLog({
  thing,
  model,
  kind: only,
}: {
  thing: string;
  model: ThingModel | undefined;
  kind?: Kind;
}) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<Kind | 'all'>('all');
  const kind = only ?? (chosen === 'all' ? undefined : chosen);
  const past = usePast();
  const to = past && new Date(past.at + 1).toISOString();
  const key = ['log', thing, kind ?? 'all', to ?? 'now'];
  const log = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      api.call(routes.getThingLog, {
        params: { thing },
        query: {
          limit: PAGE,
          ...(kind && { kind }),
          ...(to && { to }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  useFresh(thing, () => void queryClient.invalidateQueries({ queryKey: ['log', thing] }));
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PanelSection
      title={only === 'event' ? t('thing.events') : t('thing.log')}
      aside={
        !only && (
          <SegmentedControl
            size="xs"
            aria-label={t('thing.kind.label')}
            value={chosen}
            onChange={setChosen}
            data={(['all', ...kinds] as const).map((value) => ({ value, label: t(`thing.kind.${value}`) }))}
          />
        )
      }
    >
      {log.isSuccess && entries.length === 0 && (
        <p className={css.quiet}>{only === 'event' ? t('thing.noEvents') : t('thing.noLog')}</p>
      )}
      <ul className={css.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <LogRow entry={entry} model={model} />
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('shell.do.showMore')}
          </Button>
        </div>
      )}
    </PanelSection>
  );
}

/** Calls back soon after something was heard of the thing. */
function useFresh(thing: string, onFresh: () => void): void {
  useEffect(() => {
    let waiting: { cancel(): void } | undefined;
    const stop = onLiveMessage((message) => {
      if (!('thing' in message) || message.thing !== thing || waiting) return;
      waiting = systemClock.after(FRESHEN, () => {
        waiting = undefined;
        onFresh();
      });
    });
    return () => {
      stop();
      waiting?.cancel();
    };
  });
}
