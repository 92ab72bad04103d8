import { type RuleSet, type StrategyClass, strategyClassSchema } from '@vakhta/blackjack';
import { useState } from 'react';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { cardName, cardsName } from '../card-names.ts';
import { edgeText, evText } from '../ev-text.ts';
import { JobView } from '../job-view.tsx';
import type { GameAnswer } from '../jobs/job-shapes.ts';
import { useJob } from '../jobs/use-job.ts';
import { SelectField } from '../rules/select-field.tsx';
import { WidePart } from '../wide-part.tsx';
import { exceptionsBetween } from './exceptions-between.ts';

/** Where another class of strategy plays two cards otherwise. */
export function Exceptions({ rules, game }: { rules: RuleSet; game: GameAnswer }) {
  const { t, language } = useAnalyzerWords();
  const [other, setOther] = useState<StrategyClass>(game.strategy === 'TD' ? 'CDZ-' : 'TD');
  const job = useJob({ kind: 'game', rules, strategy: other });
  return (
    <PanelSection title={t('strategy.exceptions')} text={t('strategy.exceptionsText')}>
      <div className={page.bar}>
        <SelectField
          label={t('strategy.otherClass')}
          value={other}
          options={strategyClassSchema.options.map((value) => ({
            value,
            label: t(`strategy.classes.${value}`),
          }))}
          onChange={(chosen) => setOther(chosen)}
        />
      </div>
      <JobView job={job}>
        {(second) => {
          const exceptions = exceptionsBetween(game, second);
          return (
            <>
              <p className={page.hint}>
                {exceptions.length === 0 ? t('strategy.none') : null}{' '}
                {t('strategy.costTotal', { ev: edgeText(second.ev - game.ev, language, 6) })}
              </p>
              {exceptions.length > 0 && (
                <WidePart label={t('strategy.exceptions')}>
                  <table className={page.table}>
                    <thead>
                      <tr>
                        <th scope="col">{t('strategy.hand')}</th>
                        <th scope="col">{game.strategy}</th>
                        <th scope="col">{second.strategy}</th>
                        <th scope="col">{t('strategy.cost')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {exceptions.map(({ cards, up, first, second: otherwise, cost }) => (
                        <tr key={`${cards}:${up}`}>
                          <th scope="row">
                            {cardsName(cards)} {t('against', { card: cardName(up) })}
                          </th>
                          <td>{t(`play.${first}`)}</td>
                          <td>{t(`play.${otherwise}`)}</td>
                          <td>{evText(cost, language, 5)}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </WidePart>
              )}
            </>
          );
        }}
      </JobView>
    </PanelSection>
  );
}
