import { useQuery } from '@tanstack/react-query';
import type { LogEntry } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import type { EventAffordance, ThingModel } from '@vakhta/things';
import { serverNow } from '../../app/server-time.ts';
import { formatInstant } from '../../ui/format/time.ts';
import { LampShape, type LampTone } from '../../ui/lamp.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import { LogRow } from '../thing/log-row.tsx';
import css from './history.module.css';
import { eventsQuery, MOST_EVENTS } from './history-query.ts';
import type { Range } from './span.ts';

interface EventLineProps {
  thing: string;
  model: ThingModel | undefined;
  range: Range;
  cursor: Instant | undefined;
  onCursor(at: Instant | undefined): void;
}

type Severity = EventAffordance['severity'];
const tones: Record<Severity, LampTone> = {
  info: 'neutral',
  notice: 'neutral',
  warning: 'attention',
  critical: 'bad',
};
const severities: readonly Severity[] = ['info', 'notice', 'warning', 'critical'];
/** Marks nearer to each other than this share of the span are one mark, of the gravest among them. */
const CLOSE = 0.015;
/** In words, below the line. */
const LISTED = 50;

/** What happened to a thing, on the time line and in words. */
export function EventLine({ thing, model, range, cursor, onCursor }: EventLineProps) {
  const { t, say, language } = useWords();
  const events = useQuery(eventsQuery(thing, range)).data ?? [];
  const length = range.to - range.from;
  const severityOf = ({ name }: LogEntry): Severity => model?.events[name]?.severity ?? 'info';
  const titleOf = ({ name }: LogEntry) => say(model?.events[name]?.title ?? { en: name, ru: name });
  const marks = gather(events, length * CLOSE);
  return (
    <PanelSection
      title={t('history.events')}
      aside={<span>{t('history.eventsShown', { count: events.length })}</span>}
    >
      {events.length === 0 ? (
        <p className={css.quiet}>{t('history.nothing')}</p>
      ) : (
        <>
          <div className={css.marks}>
            {marks.map((mark) => {
              const first = mark[0]!;
              const at = Date.parse(first.at);
              const gravest = Math.max(...mark.map((entry) => severities.indexOf(severityOf(entry))));
              const text = `${formatInstant(at, serverNow(), language)}: ${[...new Set(mark.map(titleOf))].join(', ')}`;
              return (
                <button
                  key={first.id}
                  type="button"
                  className={css.mark}
                  style={{ left: `${((at - range.from) / length) * 100}%` }}
                  title={text}
                  aria-label={text}
                  onClick={() => onCursor(at)}
                >
                  <LampShape tone={tones[severities[gravest]!]} />
                  {mark.length > 1 && <small>{mark.length}</small>}
                </button>
              );
            })}
            {cursor !== undefined && cursor >= range.from && cursor <= range.to && (
              <span className={css.cursor} style={{ left: `${((cursor - range.from) / length) * 100}%` }} />
            )}
          </div>
          {events.length === MOST_EVENTS && (
            <p className={css.quiet}>{t('history.mostEvents', { count: MOST_EVENTS })}</p>
          )}
          <ul className={css.list}>
            {events.slice(0, LISTED).map((entry) => (
              <li key={entry.id}>
                <LogRow entry={entry} model={model} />
              </li>
            ))}
          </ul>
        </>
      )}
    </PanelSection>
  );
}

/** Events by their place on the line: those too close to be told apart come together. */
function gather(events: readonly LogEntry[], close: number): LogEntry[][] {
  const marks: LogEntry[][] = [];
  for (const entry of events.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const last = marks.at(-1);
    if (last && Date.parse(entry.at) - Date.parse(last[0]!.at) < close) last.push(entry);
    else marks.push([entry]);
  }
  return marks;
}
