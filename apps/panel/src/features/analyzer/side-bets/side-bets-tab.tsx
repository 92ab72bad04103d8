import type { RuleSet } from '@vakhta/blackjack';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { chanceText, edgeText, evText } from '../ev-text.ts';
import { useFailureText } from '../job-view.tsx';
import { useLatestJob } from '../jobs/use-latest-job.ts';
import { NumberField } from '../rules/number-field.tsx';
import { type BetName, betNames, eventsOf, sideBetOf } from './known-bets.ts';

/** The usual side bets with payoffs to try. */
export function SideBetsTab({ rules: { decks, spanish } }: { rules: RuleSet }) {
  const { t } = useAnalyzerWords();
  if (decks === null) return <p className={page.hint}>{t('sideBets.needsDecks')}</p>;
  return (
    <div className={page.stack}>
      <p className={page.hint}>{t('sideBets.text')}</p>
      <div className={page.columns}>
        {betNames.map((bet) => (
          <BetCard key={bet} bet={bet} decks={decks} spanish={spanish} />
        ))}
      </div>
    </div>
  );
}

function BetCard({ bet, decks, spanish }: { bet: BetName; decks: number; spanish: boolean }) {
  const { t, language } = useAnalyzerWords();
  const failureText = useFailureText();
  const [pays, setPays] = useState(() => eventsOf(bet).map((event) => event.pays));
  const { answer, failure } = useLatestJob({
    kind: 'sideBet',
    bet: sideBetOf(bet, { decks, spanish, pays }),
  });
  return (
    <PanelSection
      title={t(`sideBets.${bet}`)}
      aside={
        answer && (
          <strong className={answer.ev < 0 ? page.bad : page.good} data-testid={`edge-${bet}`}>
            {t('sideBets.edge')} {edgeText(-answer.ev, language, 3)}
          </strong>
        )
      }
    >
      {failure && <p role="alert">{failureText(failure)}</p>}
      <table className={page.table}>
        <thead>
          <tr>
            <th scope="col">{t('sideBets.event')}</th>
            <th scope="col">{t('sideBets.chance')}</th>
            <th scope="col">{t('sideBets.pays')}</th>
          </tr>
        </thead>
        <tbody>
          {eventsOf(bet).map(({ name }, i) => (
            <tr key={name}>
              <th scope="row">{t(`sideBets.events.${name}`)}</th>
              <td>{answer ? chanceText(answer.chances[i]!, language, 4) : '…'}</td>
              <td className={page.input}>
                <NumberField
                  short
                  hiddenLabel
                  label={`${t('sideBets.pays')}: ${t(`sideBets.events.${name}`)}`}
                  value={pays[i]!}
                  min={0}
                  max={10_000}
                  step={0.5}
                  onChange={(value) => setPays(pays.with(i, value ?? 0))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer && (
        <p className={page.hint}>
          {t('sideBets.deviation')} {evText(answer.deviation, language, 4)}
        </p>
      )}
    </PanelSection>
  );
}
