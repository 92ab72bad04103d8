import { useMemo, useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { cardName, cardsName } from '../card-names.ts';
import { evText } from '../ev-text.ts';
import type { GameAnswer, HandLine } from '../jobs/job-shapes.ts';
import { PlayEvList } from '../strategy/cell-details.tsx';
import css from '../strategy/chart.module.css';
import { Chart, type ChartRow } from '../strategy/chart.tsx';
import { chartColumns, handRowsOf } from '../strategy/chart-rows.ts';

/** Full colour at this difference of EV. */
const FULL = 0.05;
const kinds = ['hard', 'soft', 'pairs'] as const;
type Kind = (typeof kinds)[number];

interface Pair {
  readonly first: HandLine;
  readonly second: HandLine;
}
const worth = ({ evs, play }: HandLine) => evs[play] ?? 0;

/** Each hand coloured by what it gains in the other game; sign and letter say the same without colour. */
export function DifferenceCharts({ first, second }: { first: GameAnswer; second: GameAnswer }) {
  const { t, language } = useAnalyzerWords();
  const [chosen, setChosen] = useState<{ kind: Kind; row: number; up: number }>();
  const pairs = useMemo(() => {
    const there = new Map(second.hands.map((line) => [`${line.cards}:${line.up}`, line]));
    return Object.fromEntries(
      kinds.map((kind) => [
        kind,
        handRowsOf(first.hands, kind).map(({ label, lines }) => ({
          label,
          cells: lines.map((line): Pair | undefined => {
            const other = line && there.get(`${line.cards}:${line.up}`);
            return other && { first: line, second: other };
          }),
        })),
      ]),
    ) as Record<Kind, { label: string; cells: (Pair | undefined)[] }[]>;
  }, [first, second]);
  const charts = useMemo(
    () =>
      kinds.map((kind) => ({
        kind,
        rows: pairs[kind].map(
          ({ label, cells }): ChartRow => ({
            label,
            cells: cells.map((pair) => {
              if (!pair) return undefined;
              const difference = worth(pair.second) - worth(pair.first);
              const sign = Math.abs(difference) < 5e-5 ? '·' : difference > 0 ? '+' : '−';
              const changed = pair.first.play !== pair.second.play;
              return {
                text: changed ? `${t(`letter.${pair.second.play}`)}${sign}` : sign,
                heat: difference / FULL,
                name: `${label} ${t('against', { card: cardName(pair.first.up) })}: ${changed ? `${t(`letter.${pair.second.play}`)}${sign}, ` : ''}${evText(difference, language, 4)}, ${t(`play.${pair.second.play}`)}`,
              };
            }),
          }),
        ),
        choose: (row: number, up: number) => setChosen({ kind, row, up }),
      })),
    [pairs, t, language],
  );
  const open = chosen && pairs[chosen.kind][chosen.row]?.cells[chosen.up - 1];
  return (
    <div className={css.layout}>
      <PanelSection title={t('compare.heat')} text={t('compare.heatText')}>
        <ul className={css.legend}>
          <li>
            <span className={css.cell} data-heat="better" style={{ '--heat': '55%' } as object} aria-hidden>
              +
            </span>
            {t('compare.better')}
          </li>
          <li>
            <span className={css.cell} data-heat="worse" style={{ '--heat': '55%' } as object} aria-hidden>
              −
            </span>
            {t('compare.worse')}
          </li>
        </ul>
        <div className={css.charts}>
          {chartColumns.map((column) => (
            <div key={column.join()}>
              {charts
                .filter(({ kind }) => column.includes(kind))
                .map(({ kind, rows, choose }) => (
                  <Chart
                    key={kind}
                    title={t(`strategy.${kind}`)}
                    rows={rows}
                    chosen={chosen?.kind === kind ? `${chosen.row}:${chosen.up}` : undefined}
                    onChoose={choose}
                  />
                ))}
            </div>
          ))}
        </div>
      </PanelSection>
      <div className={css.side} aria-live="polite">
        {open ? (
          <PanelSection
            title={`${cardsName(open.first.cards)} ${t('against', { card: cardName(open.first.up) })}`}
            aside={evText(worth(open.second) - worth(open.first), language, 6)}
          >
            <p className={page.hint}>{t('compare.first')}</p>
            <PlayEvList evs={open.first.evs} />
            <p className={css.text}>{t('compare.second')}</p>
            <PlayEvList evs={open.second.evs} />
          </PanelSection>
        ) : (
          <PanelSection title={t('ev')}>
            <p className={page.hint}>{t('strategy.chooseCell')}</p>
          </PanelSection>
        )}
      </div>
    </div>
  );
}
