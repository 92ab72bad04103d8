import type { RuleSet } from '@vakhta/blackjack';
import { useMemo, useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { useAnalyzer } from '../analyzer-state.ts';
import { cardName } from '../card-names.ts';
import { evText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import { type GameAnswer, type HandLine, plays } from '../jobs/job-shapes.ts';
import { useJob } from '../jobs/use-job.ts';
import { Later } from '../later.tsx';
import { ChoiceField } from '../rules/choice-field.tsx';
import { CellDetails } from './cell-details.tsx';
import css from './chart.module.css';
import { Chart, type ChartRow } from './chart.tsx';
import { type ChartKind, chartColumns, handRowsOf, leadOf, totalRowsOf } from './chart-rows.ts';
import { Exceptions } from './exceptions.tsx';
import { SplitTable } from './split-table.tsx';
import { StrategySelect } from './strategy-select.tsx';

type View = 'play' | 'margin';
const kinds: readonly ChartKind[] = ['hard', 'soft', 'pairs'];

/** The charts of a class, a cell's EVs, and where classes differ. */
export function StrategyTab({ rules }: { rules: RuleSet }) {
  const { t } = useAnalyzerWords();
  const { strategy } = useAnalyzer();
  const [view, setView] = useState<View>('play');
  const job = useJob({ kind: 'game', rules, strategy });
  return (
    <div className={page.stack}>
      <div className={page.bar}>
        <StrategySelect />
        <ChoiceField
          label={t('strategy.view.label')}
          value={view}
          options={(['play', 'margin'] as const).map((value) => ({
            value,
            label: t(`strategy.view.${value}`),
          }))}
          onChange={(chosen) => setView(chosen)}
        />
      </div>
      <JobView job={job}>
        {(game) => (
          <>
            <Later value={game}>
              {(ready) => <Charts game={ready} view={view} peeks={rules.holeCard === 'OBO'} />}
            </Later>
            <Exceptions rules={rules} game={game} />
            <SplitTable rules={rules} />
          </>
        )}
      </JobView>
    </div>
  );
}

function Charts({ game, view, peeks }: { game: GameAnswer; view: View; peeks: boolean }) {
  const { t, language } = useAnalyzerWords();
  const [chosen, setChosen] = useState<{ kind: ChartKind; row: number; up: number }>();
  const rows = useMemo(
    () => ({
      hard: handRowsOf(game.hands, 'hard'),
      soft: handRowsOf(game.hands, 'soft'),
      pairs: handRowsOf(game.hands, 'pairs'),
    }),
    [game],
  );
  const choosers = useMemo(
    () =>
      Object.fromEntries(
        kinds.map((kind) => [kind, (row: number, up: number) => setChosen({ kind, row, up })]),
      ) as Record<ChartKind, (row: number, up: number) => void>,
    [],
  );
  const charts = useMemo(() => {
    const cellOf = (line: HandLine | undefined, label: string) => {
      if (!line) return undefined;
      const lead = leadOf(line.evs) ?? 0;
      const text = t(`letter.${line.play}`);
      const name = `${label} ${t('against', { card: cardName(line.up) })}: ${t(`play.${line.play}`)}`;
      return view === 'play'
        ? { text, name, play: line.play }
        : { text, name: `${name}, ${evText(lead, language, 4)}`, heat: Math.min(1, lead / 0.3) };
    };
    return Object.fromEntries(
      kinds.map((kind) => [
        kind,
        rows[kind].map(
          ({ label, lines }): ChartRow => ({ label, cells: lines.map((line) => cellOf(line, label)) }),
        ),
      ]),
    ) as Record<ChartKind, ChartRow[]>;
  }, [rows, view, t, language]);
  const totals = useMemo(
    () =>
      [false, true].map((soft) =>
        totalRowsOf(game, soft).map(
          ({ label, lines }): ChartRow => ({
            label,
            cells: lines.map(
              (line) =>
                line && {
                  text: t(`letter.${line.play}`),
                  play: line.play,
                  name: `${label} ${t('against', { card: cardName(line.up) })}: ${t(`play.${line.play}`)}. ${t('strategy.otherwise', { play: t(`play.${line.otherwise}`) })}`,
                },
            ),
          }),
        ),
      ),
    [game, t],
  );
  const line = chosen && rows[chosen.kind][chosen.row]?.lines[chosen.up - 1];
  return (
    <div className={css.layout}>
      <PanelSection title={t('tabs.strategy')} text={t('strategy.chart')}>
        <ul className={css.legend}>
          {plays.map((play) => (
            <li key={play}>
              <span className={css.cell} data-play={play} aria-hidden>
                {t(`letter.${play}`)}
              </span>
              {t(`play.${play}`)}
            </li>
          ))}
        </ul>
        <div className={css.charts}>
          {chartColumns.map((column, at) => (
            <div key={column.join()}>
              {totals[at]!.length > 0 && (
                <Chart
                  title={`${t(at === 0 ? 'strategy.hard' : 'strategy.soft')}, ${t('strategy.byTotal').toLowerCase()}`}
                  rows={totals[at]!}
                />
              )}
              {column.map((kind) => (
                <Chart
                  key={kind}
                  title={t(`strategy.${kind}`)}
                  rows={charts[kind]}
                  chosen={chosen?.kind === kind ? `${chosen.row}:${chosen.up}` : undefined}
                  onChoose={choosers[kind]}
                />
              ))}
            </div>
          ))}
        </div>
      </PanelSection>
      <div className={css.side} aria-live="polite">
        {line ? (
          <CellDetails line={line} peeks={peeks} />
        ) : (
          <PanelSection title={t('ev')}>
            <p className={page.hint}>{t('strategy.chooseCell')}</p>
          </PanelSection>
        )}
      </div>
    </div>
  );
}
