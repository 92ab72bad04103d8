import { Button } from '@mantine/core';
import type { RuleSet } from '@vakhta/blackjack';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { useAnalyzer } from '../analyzer-state.ts';
import { cardName, UPCARDS } from '../card-names.ts';
import { chanceText, edgeText, evText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import type { GameAnswer } from '../jobs/job-shapes.ts';
import { useJob } from '../jobs/use-job.ts';
import { csvOf, saveFile } from '../save-file.ts';
import { StrategySelect } from '../strategy/strategy-select.tsx';
import { DealerTable } from './dealer-table.tsx';
import { Outcomes } from './outcomes.tsx';

/** What the game is worth, as a whole and in its parts. */
export function ResultsTab({ rules }: { rules: RuleSet }) {
  const { t } = useAnalyzerWords();
  const { strategy } = useAnalyzer();
  const job = useJob({ kind: 'game', rules, strategy });
  return (
    <>
      <div className={page.bar}>
        <StrategySelect />
        {job.answer && (
          <>
            <Button
              variant="default"
              h={38}
              onClick={() => saveFile('blackjack-hands.csv', 'text/csv', handsCsv(job.answer!))}
            >
              {t('do.csv')}
            </Button>
            <Button
              variant="default"
              h={38}
              onClick={() =>
                saveFile(
                  'blackjack-results.json',
                  'application/json',
                  JSON.stringify({ rules, ...job.answer }, null, 2),
                )
              }
            >
              {t('do.json')}
            </Button>
          </>
        )}
      </div>
      <JobView job={job}>{(game) => <Results rules={rules} game={game} />}</JobView>
    </>
  );
}

const handsCsv = ({ hands }: GameAnswer): string =>
  csvOf([
    ['first', 'second', 'upcard', 'chance', 'stand', 'hit', 'double', 'split', 'surrender', 'play'],
    ...hands.map(({ cards, up, chance, evs, play }) => [
      cardName(cards[0]),
      cardName(cards[1]),
      cardName(up),
      chance,
      evs.stand,
      evs.hit,
      evs.double,
      evs.split,
      evs.surrender,
      play,
    ]),
  ]);

function Results({ rules, game }: { rules: RuleSet; game: GameAnswer }) {
  const { t, language } = useAnalyzerWords();
  const [simulating, setSimulating] = useState(false);
  const hasFirst = game.byFirst.some((ev) => ev !== null);
  return (
    <div className={page.columns}>
      <PanelSection title={t('results.game')} aside={game.strategy}>
        <p className={page.headline}>
          <strong className={game.ev < 0 ? page.bad : page.good} data-testid="game-ev">
            {edgeText(game.ev, language)}
          </strong>
          <span>{t(game.ev < 0 ? 'results.edgeHouse' : 'results.edgePlayer')}</span>
        </p>
        <p className={page.hint}>
          {t('ev')} {evText(game.ev, language, 12)} {t('ofBet')}
        </p>
        {rules.dealer && (
          <p className={page.hint}>
            <strong>
              {t('results.insurance')}: {edgeText(game.insurance, language)}
            </strong>
            <br />
            {t('results.insuranceText')}
          </p>
        )}
      </PanelSection>
      <PanelSection title={t('results.outcomes')} text={t('results.outcomesText')}>
        {simulating ? (
          <Outcomes rules={rules} exact={game.strategy === 'CDZ-' ? game.ev : undefined} />
        ) : (
          <Button variant="default" onClick={() => setSimulating(true)}>
            {t('results.simulate')}
          </Button>
        )}
      </PanelSection>
      <PanelSection title={t('results.byUp')}>
        <EvTable evs={game.byUp} weights={game.upChance} />
      </PanelSection>
      <PanelSection title={t('results.byFirst')}>
        {hasFirst ? (
          <EvTable evs={game.byFirst} weights={game.upChance} />
        ) : (
          <p className={page.hint}>{t('results.noFirst')}</p>
        )}
      </PanelSection>
      <PanelSection title={t('results.dealer')} text={t('results.dealerText')}>
        <DealerTable rows={game.dealer} />
      </PanelSection>
    </div>
  );
}

function EvTable({ evs, weights }: { evs: readonly (number | null)[]; weights: readonly number[] }) {
  const { t, language } = useAnalyzerWords();
  return (
    <table className={page.table}>
      <thead>
        <tr>
          <th scope="col">{t('effects.card')}</th>
          <th scope="col">{t('results.chance')}</th>
          <th scope="col">{t('ev')}</th>
          <th scope="col">{t('results.share')}</th>
        </tr>
      </thead>
      <tbody>
        {UPCARDS.map((card) => {
          const ev = evs[card - 1] ?? null;
          const weight = weights[card - 1]!;
          return (
            <tr key={card}>
              <th scope="row">{cardName(card)}</th>
              <td>{chanceText(weight, language)}</td>
              <td className={ev === null ? undefined : ev < 0 ? page.bad : page.good}>
                {ev === null ? '—' : evText(ev, language, 6)}
              </td>
              <td>{ev === null ? '—' : evText(ev * weight, language, 6)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
