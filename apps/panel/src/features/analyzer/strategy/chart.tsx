import { type KeyboardEvent, memo, useRef } from 'react';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName, UPCARDS } from '../card-names.ts';
import type { Play } from '../jobs/job-shapes.ts';
import css from './chart.module.css';

export interface ChartCell {
  readonly play?: Play;
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly name: string;
  /** −1..1: from worse to better; takes the place of the play's colour. */
  readonly heat?: number;
}
export interface ChartRow {
  readonly label: string;
  /** By upcard - 1. */
  readonly cells: readonly (ChartCell | undefined)[];
}

interface ChartProps {
  title: string;
  rows: readonly ChartRow[];
  /** "row:up" of the cell that is open. */
  chosen?: string;
  onChoose?(row: number, up: number): void;
}

/** Hands against the dealer's cards as a coloured grid: letter and colour. Arrow keys walk through it. */
export const Chart = memo(function Chart({ title, rows, chosen, onChoose }: ChartProps) {
  const { t } = useAnalyzerWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const walk = (event: KeyboardEvent, row: number, column: number) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    body.current
      ?.querySelector<HTMLButtonElement>(`[data-at="${row + step[0]!}:${column + step[1]!}"]`)
      ?.focus();
  };
  return (
    <table className={css.chart}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className={css.hidden}>{t('strategy.chart')}</span>
          </th>
          {UPCARDS.map((up) => (
            <th key={up} scope="col">
              {cardName(up)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ label, cells }, row) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {UPCARDS.map((up, column) => {
              const cell = cells[up - 1];
              if (!cell) return <td key={up} />;
              const { heat } = cell;
              return (
                <td key={up}>
                  <button
                    type="button"
                    className={css.cell}
                    data-at={`${row}:${column}`}
                    data-play={heat === undefined ? cell.play : undefined}
                    data-heat={heat === undefined ? undefined : heat < 0 ? 'worse' : 'better'}
                    style={
                      heat === undefined
                        ? undefined
                        : ({ '--heat': `${Math.round(Math.min(1, Math.abs(heat)) * 55)}%` } as object)
                    }
                    aria-label={cell.name}
                    aria-pressed={onChoose ? chosen === `${row}:${up}` : undefined}
                    tabIndex={row === 0 && column === 0 ? 0 : -1}
                    onKeyDown={(event) => walk(event, row, column)}
                    onClick={() => onChoose?.(row, up)}
                  >
                    {cell.text}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
});
