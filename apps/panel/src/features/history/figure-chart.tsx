import { useQueries } from '@tanstack/react-query';
import type { History } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { serverNow } from '../../app/server-time.ts';
import { formatFullInstant } from '../../ui/format/time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatDuration, formatValue } from '../../ui/format/value.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { placeAt, toCurve } from './curve.ts';
import { FigurePlot } from './figure-plot.tsx';
import { GUTTER } from './gutter.ts';
import css from './history.module.css';
import { propertyHistoryQuery } from './history-query.ts';
import { LineSample } from './line-looks.tsx';
import type { Range } from './span.ts';
import { useWidth } from './use-width.ts';

interface FigureChartProps {
  model: ThingModel;
  /** A property that is a figure. */
  name: string;
  /** The thing, then those it is compared with. */
  things: readonly { id: string; name: string }[];
  range: Range;
  /** The moment the reader is at, in all charts at once. */
  cursor: Instant | undefined;
  onCursor(at: Instant | undefined): void;
  onPick(from: Instant, to: Instant): void;
  onZoom(factor: number): void;
}

/** A key moves the reader by this many pixels. */
const STRIDE = 6;
/** Twice as many points as are asked for at most fit between two; a width that changes a little asks nothing anew. */
const pointsOf = (width: number) => Math.min(2000, Math.max(50, Math.ceil(width / 100) * 100));

/** A figure over time, of one thing or of several, with what it was at the reader's place in words. */
export function FigureChart({
  model,
  name,
  things,
  range,
  cursor,
  onCursor,
  onPick,
  onZoom,
}: FigureChartProps) {
  const { t, say, language } = useWords();
  const words = useValueWords();
  const textOf = useErrorText();
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const [focused, setFocused] = useState(false);
  const answers = useQueries({
    queries: things.map(({ id }) => ({
      ...propertyHistoryQuery(id, name, range, pointsOf(width)),
      enabled: width > 0,
    })),
  });
  const histories = answers.map(({ data }) => data);
  const stamp = answers
    .map(({ dataUpdatedAt, isPlaceholderData }) => `${dataUpdatedAt}${isPlaceholderData}`)
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers are new objects each time; the stamp tells when they changed
  const curves = useMemo(
    () =>
      histories.map((history) =>
        history ? toCurve(history, serverNow()) : { at: [], last: [], min: [], max: [] },
      ),
    [stamp, things.length],
  );
  const schema = model.properties[name]?.schema;
  const write = (value: number | null) => formatValue(schema, value, words, 0);
  const title = say(model.properties[name]?.title ?? { en: name, ru: name });
  const error = answers.find((answer) => answer.error)?.error;
  const bucket = histories[0]?.bucket ?? null;
  const known = histories.every((history) => history !== undefined);
  const isEmpty = known && curves.every(({ at }) => at.length === 0);

  const walk = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = Math.max(1, width - GUTTER.left - GUTTER.right);
    const stride = ((range.to - range.from) / inside) * STRIDE;
    const from = cursor ?? range.to;
    if (event.key === 'ArrowLeft') onCursor(Math.max(range.from, from - stride));
    else if (event.key === 'ArrowRight') onCursor(Math.min(range.to, from + stride));
    else if (event.key === '+' || event.key === '=') onZoom(0.5);
    else if (event.key === '-') onZoom(2);
    else if (event.key === 'Escape') onCursor(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <PanelSection
      title={title}
      aside={
        focused ? (
          <span>{t('history.keys')}</span>
        ) : (
          bucket !== null && <span>{formatDuration(bucket, words)}</span>
        )
      }
    >
      {error && <p className={css.quiet}>{textOf(error)}</p>}
      <div
        ref={holder}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the reader walks along it with the arrow keys
        tabIndex={0}
        aria-label={t('history.chartOf', { name: title })}
        className={css.chart}
        onKeyDown={walk}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {isEmpty ? (
          <p className={css.quiet}>{t('history.nothing')}</p>
        ) : (
          <FigurePlot
            curves={curves}
            range={range}
            width={width}
            cursor={cursor}
            write={write}
            onCursor={onCursor}
            onPick={onPick}
          />
        )}
      </div>
      <ul className={css.legend} aria-live="polite">
        {things.map((thing, index) => {
          const curve = curves[index];
          const place = curve ? placeAt(curve, cursor ?? Number.POSITIVE_INFINITY) : -1;
          const value = place < 0 ? undefined : curve?.last[place];
          const point = cursor === undefined ? undefined : pointAt(histories[index], cursor);
          return (
            <li key={thing.id}>
              <LineSample look={index} />
              {things.length > 1 && <span className={css.name}>{thing.name}</span>}
              <b>{value === undefined ? t('value.noData') : write(value)}</b>
              {point && point.count > 1 && point.min !== null && (
                <span className={css.faint}>
                  {t('history.range', {
                    min: write(point.min),
                    max: write(point.max),
                    mean: write(point.mean),
                  })}
                  {', '}
                  {t('history.observed', { count: point.count })}
                </span>
              )}
            </li>
          );
        })}
        {cursor !== undefined && <li className={css.faint}>{formatFullInstant(cursor, language)}</li>}
      </ul>
    </PanelSection>
  );
}

/** The bucket an instant lies in. */
function pointAt(history: History | undefined, instant: Instant) {
  if (!history) return undefined;
  const { points, bucket } = history;
  const place = placeAt({ at: points.map(({ at }) => Date.parse(at)) }, instant);
  const point = points[place];
  return point && instant - Date.parse(point.at) < (bucket ?? 0) ? point : undefined;
}
