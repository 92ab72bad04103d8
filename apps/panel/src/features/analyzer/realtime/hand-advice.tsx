import type { RuleSet } from '@vakhta/blackjack';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { cardName, cardsName } from '../card-names.ts';
import { useFailureText } from '../job-view.tsx';
import { useLatestJob } from '../jobs/use-latest-job.ts';
import { PlayEvList } from '../strategy/cell-details.tsx';
import css from './realtime.module.css';
import { totalOf } from './table-cards.ts';

interface HandAdviceProps {
  name: string;
  /** With the shoe that this hand is played from. */
  rules: RuleSet;
  cards: readonly number[];
  up: number | undefined;
}

/** The best play of one hand, and what each play is worth. */
export function HandAdvice({ name, rules, cards, up }: HandAdviceProps) {
  const { t } = useAnalyzerWords();
  const failureText = useFailureText();
  const isPlayed = up !== undefined && cards.length >= 2 && totalOf(cards) <= 21;
  const { answer, failure, busy } = useLatestJob(
    isPlayed ? { kind: 'liveHand', rules, cards, up } : undefined,
  );
  if (!isPlayed)
    return (
      <PanelSection title={name}>
        <p className={page.hint}>{t(totalOf(cards) > 21 ? 'realtime.bust' : 'realtime.needCards')}</p>
      </PanelSection>
    );
  return (
    <PanelSection title={name} aside={`${cardsName(cards)} ${t('against', { card: cardName(up) })}`}>
      {failure && <p role="alert">{failureText(failure)}</p>}
      {answer && (
        <div aria-busy={busy}>
          <p className={css.best} aria-live="polite">
            <span>{t('realtime.best')}</span>
            <strong data-testid="best-play" data-play={answer.best}>
              {t(`play.${answer.best}`)}
            </strong>
          </p>
          <PlayEvList evs={answer} />
        </div>
      )}
    </PanelSection>
  );
}
