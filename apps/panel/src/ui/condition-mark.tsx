import { useWords } from '../words/words.ts';
import type { Condition } from './condition.ts';
import css from './condition-mark.module.css';
import { LampShape, type LampTone } from './lamp.tsx';

const tones: Record<Condition, LampTone> = { online: 'good', attention: 'attention', offline: 'bad' };

/** Whether a thing is in order, in a shape and a word. */
export function ConditionMark({ condition }: { condition: Condition }) {
  const { t } = useWords();
  return (
    <span className={css.mark} data-condition={condition}>
      <LampShape tone={tones[condition]} />
      {t(`condition.${condition}`)}
    </span>
  );
}
