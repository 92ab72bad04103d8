import type { RuleSet } from '@vakhta/blackjack';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { useAnalyzer } from '../analyzer-state.ts';
import { cardName, UPCARDS } from '../card-names.ts';
import { edgeText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import { useJob } from '../jobs/use-job.ts';
import { StrategySelect } from '../strategy/strategy-select.tsx';

/** What each card is worth to the player while it is in the shoe. */
export function EffectsTab({ rules }: { rules: RuleSet }) {
  const { t, language } = useAnalyzerWords();
  const { strategy } = useAnalyzer();
  const job = useJob({ kind: 'effects', rules, strategy });
  return (
    <>
      <div className={page.bar}>
        <StrategySelect />
      </div>
      <PanelSection title={t('effects.title')} text={t('effects.text')}>
        <JobView job={job}>
          {({ baseEv, eor }) => (
            <table className={page.table}>
              <thead>
                <tr>
                  <th scope="col">{t('effects.card')}</th>
                  <th scope="col">{t('effects.change')}</th>
                  <th scope="col">{t('ev')}</th>
                </tr>
              </thead>
              <tbody>
                {UPCARDS.map((card) => {
                  const effect = eor[card - 1] ?? null;
                  return (
                    <tr key={card}>
                      <th scope="row">{cardName(card)}</th>
                      <td className={effect === null ? undefined : effect < 0 ? page.bad : page.good}>
                        {effect === null ? '—' : edgeText(effect, language)}
                      </td>
                      <td>{effect === null ? '—' : edgeText(baseEv + effect, language)}</td>
                    </tr>
                  );
                })}
                <tr>
                  <th scope="row">{t('effects.base')}</th>
                  <td />
                  <td>{edgeText(baseEv, language)}</td>
                </tr>
              </tbody>
            </table>
          )}
        </JobView>
      </PanelSection>
    </>
  );
}
