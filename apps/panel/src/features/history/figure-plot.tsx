import { useComputedColorScheme } from '@mantine/core';
import type { Instant } from '@vakhta/kernel';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../../words/words.ts';
import { timeTicks } from './axis.ts';
import type { Curve } from './curve.ts';
import css from './figure-plot.module.css';
import { GUTTER } from './gutter.ts';
import { lineLooks } from './line-looks.tsx';
import type { Range } from './span.ts';

interface FigurePlotProps {
  /** One line each; the first with the room between its smallest and its largest filled. */
  curves: readonly Curve[];
  range: Range;
  width: number;
  /** Where the reader is; undefined: nowhere. */
  cursor: Instant | undefined;
  /** A figure as the axis names it. */
  write(value: number): string;
  onCursor(at: Instant | undefined): void;
  /** A part was drawn over. */
  onPick(from: Instant, to: Instant): void;
}

const HEIGHT = 190;

/** The drawing itself. Whatever it shows stands in words beside it. */
export function FigurePlot(props: FigurePlotProps) {
  const { curves, range, width, cursor } = props;
  const { language } = useWords();
  const scheme = useComputedColorScheme('dark');
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, which follows the scheme
  useEffect(() => {
    const { current } = holder;
    if (!current || width === 0) return;
    const made = new uPlot(optionsOf(latest, width, language), dataOf(latest.current.curves), current);
    plot.current = made;
    return () => made.destroy();
  }, [width, language, scheme, curves.length]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another span of the same data is drawn anew too
  useEffect(() => plot.current?.setData(dataOf(curves)), [curves, range.from, range.to]);

  useEffect(() => {
    if (plot.current) placeCursor(plot.current, cursor);
  }, [cursor]);

  return <div ref={holder} className={css.plot} style={{ height: HEIGHT }} aria-hidden="true" />;
}

/** Puts the reader's line where the moment is, or out of sight; tells nobody. */
function placeCursor(made: uPlot, cursor: Instant | undefined): void {
  const left = cursor === undefined ? Number.NaN : made.valToPos(cursor / 1000, 'x');
  made.setCursor({ left: left >= 0 ? left : -10, top: made.cursor.top ?? 0 }, false);
}

/** Seconds, and for each curve its last, its smallest and its largest. */
const dataOf = (curves: readonly Curve[]): uPlot.AlignedData =>
  uPlot.join(curves.map(({ at, last, min, max }) => [at.map((instant) => instant / 1000), last, min, max]));

const colorOf = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name);

function optionsOf(
  latest: { readonly current: FigurePlotProps },
  width: number,
  language: 'en' | 'ru',
): uPlot.Options {
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const axis = {
    stroke: colorOf('--dim'),
    font: '11px Inter Variable, system-ui, sans-serif',
    grid: { stroke: colorOf('--line'), width: 1 },
    ticks: { stroke: colorOf('--line'), width: 1 },
  };
  const soft = colorOf('--accent-soft');
  /** What the pointer did last. */
  let heard: unknown;
  return {
    width,
    height: HEIGHT,
    padding: [8, GUTTER.right, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [latest.current.range.from / 1000, latest.current.range.to / 1000] },
    },
    axes: [
      {
        ...axis,
        size: 40,
        space: 74,
        values: (_, ticks, _axis, _space, step) => timeTicks(ticks, step, language),
      },
      { ...axis, size: GUTTER.left, values: (_, ticks) => ticks.map((tick) => latest.current.write(tick)) },
    ],
    series: [
      {},
      ...latest.current.curves.flatMap((_, index): uPlot.Series[] => {
        const { color, dash } = lineLooks[index % lineLooks.length]!;
        const edge: uPlot.Series = {
          show: index === 0,
          stroke: 'transparent',
          points: { show: false },
          ...(stepped && { paths: stepped }),
        };
        const line: uPlot.Series = {
          stroke: colorOf(color),
          width: 2,
          dash,
          points: { show: false },
          ...(stepped && { paths: stepped }),
        };
        return [line, edge, edge];
      }),
    ],
    // Between the largest and the smallest of the first.
    bands: [{ series: [3, 2], fill: soft }],
    cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
    hooks: {
      // The same moment has another place on another scale.
      draw: [(made) => placeCursor(made, latest.current.cursor)],
      setCursor: [
        (made) => {
          // Only where the pointer put it: a plot that is drawn anew has no say in where the reader is.
          const { left = -1, event } = made.cursor;
          if (!event || event === heard) return;
          heard = event;
          const at = left < 0 ? Number.NaN : Math.round(made.posToVal(left, 'x') * 1000);
          // A plot of nothing has no scale.
          latest.current.onCursor(Number.isNaN(at) ? undefined : at);
        },
      ],
      setSelect: [
        (made) => {
          const { left, width: drawn } = made.select;
          if (drawn < 4) return;
          const [from, to] = [made.posToVal(left, 'x') * 1000, made.posToVal(left + drawn, 'x') * 1000];
          made.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          latest.current.onPick(Math.round(from), Math.round(to));
        },
      ],
    },
  };
}
