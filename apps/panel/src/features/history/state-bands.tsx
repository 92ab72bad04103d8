import type { History } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import type { DataSchema } from '@vakhta/things';
import { serverNow } from '../../app/server-time.ts';
import { formatInstant } from '../../ui/format/time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatDuration, formatValue, toneOf } from '../../ui/format/value.ts';
import { LampShape } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';
import { type Band, toBands } from './bands.ts';
import css from './history.module.css';
import type { Range } from './span.ts';

interface StateBandsProps {
  title: string;
  schema: DataSchema | undefined;
  history: History | undefined;
  range: Range;
  cursor: Instant | undefined;
  onCursor(at: Instant | undefined): void;
  /** How a value is written, where its schema does not say. */
  write?(value: unknown): string | undefined;
  toneOf?(value: unknown): 'good' | 'bad' | undefined;
}

/** Too narrow for a word: its colour has a pattern, and the words stand in the line above. */
const WORD_SHARE = 0.07;
const PATTERNS = 4;

/** The states of one property, one after another, on the time line. What each was stands in it or above it in words. */
export function StateBands(props: StateBandsProps) {
  const { title, schema, history, range, cursor, onCursor } = props;
  const { t, language } = useWords();
  const words = useValueWords();
  const now = serverNow();
  const bands = history ? toBands(history, now) : [];
  const write = (value: unknown) => props.write?.(value) ?? formatValue(schema, value, words, now);
  const tone = (value: unknown) => props.toneOf?.(value) ?? (schema && toneOf(schema, value));
  const patterns = [...new Set(bands.map(({ value }) => JSON.stringify(value)))];
  const length = range.to - range.from;
  const at = (instant: Instant) => `${((instant - range.from) / length) * 100}%`;
  const chosen = bands.find((band) => cursor !== undefined && band.from <= cursor && cursor < band.to);
  const shown = chosen ?? bands.at(-1);
  const say = ({ value, from, to }: Band) =>
    t('history.until', {
      value: write(value),
      from: formatInstant(from, now, language),
      to: formatInstant(to, now, language),
    });
  return (
    <div className={css.bands}>
      <div className={css.bandHead}>
        <span>{title}</span>
        <b>{shown ? write(shown.value) : t('value.noData')}</b>
        {chosen && <span className={css.faint}>{say(chosen)}</span>}
        {bands.length > 1 && (
          <span className={css.faint}>{t('history.changes', { count: bands.length - 1 })}</span>
        )}
        {history?.bucket != null && (
          <span className={css.faint}>
            {t('history.gathered', { width: formatDuration(history.bucket, words) })}
          </span>
        )}
      </div>
      <div
        className={css.track}
        role="img"
        aria-label={`${title}: ${bands.slice(-12).map(say).join('; ') || t('history.nothing')}`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onCursor(range.from + ((event.clientX - box.left) / box.width) * length);
        }}
        onPointerLeave={() => onCursor(undefined)}
      >
        {bands.map((band) => {
          const of = tone(band.value);
          return (
            <span
              key={band.from}
              className={css.band}
              data-tone={band.value === null ? 'unknown' : of}
              data-pattern={of ? undefined : patterns.indexOf(JSON.stringify(band.value)) % PATTERNS}
              style={{ left: at(band.from), width: `calc(${at(band.to)} - ${at(band.from)})` }}
              title={say(band)}
            >
              {(band.to - band.from) / length > WORD_SHARE && (
                <span className={css.bandWord}>
                  {of && <LampShape tone={of} />} {write(band.value)}
                </span>
              )}
            </span>
          );
        })}
        {cursor !== undefined && cursor >= range.from && cursor <= range.to && (
          <span className={css.cursor} style={{ left: at(cursor) }} />
        )}
      </div>
    </div>
  );
}
