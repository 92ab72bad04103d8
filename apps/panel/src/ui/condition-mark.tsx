import { useWords } from '../words/words.ts';
import { type Condition, conditionTones } from './condition.ts';
import css from './condition-mark.module.css';
import { LampShape } from './lamp.tsx';

/** Whether a thing is in order, in a shape and a word. */
export function ConditionMark({ condition }: { condition: Condition }) {
  const { t } = useWords();
  return (
    <span className={css.mark} data-condition={condition}>
      <LampShape tone={conditionTones[condition]} />
      {t(`condition.${condition}`)}
    </span>
  );
}
