import { useState } from 'react';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardsName, rankOf } from '../card-names.ts';
import type { WrittenBonus } from './bonus-list.tsx';
import fields from './fields.module.css';
import { NumberField } from './number-field.tsx';
import css from './rules.module.css';
import { SelectField } from './select-field.tsx';
import { SwitchField } from './switch-field.tsx';

interface BonusRowProps {
  bonus: WrittenBonus;
  onChange(bonus: WrittenBonus): void;
}

/** One bonus: which hand, what it pays, and when. */
export function BonusRow({ bonus, onChange }: BonusRowProps) {
  const { t } = useAnalyzerWords();
  const [draft, setDraft] = useState<string>();
  const type = (text: string) => {
    setDraft(text);
    const cards = [...text].map(rankOf).filter((rank) => rank !== undefined);
    if (cards.length >= 2 && bonus.match === 'composition') onChange({ ...bonus, cards });
  };
  const { pays, paysSuited, paysSpades, payVsDealerBJ, mustWin, preSplit, postSplit } = bonus;
  const common = { pays, paysSuited, paysSpades, payVsDealerBJ, mustWin, preSplit, postSplit };
  return (
    <div className={css.fields}>
      <SelectField
        label={t('rules.bonus.match')}
        value={bonus.match}
        options={[
          { value: 'composition', label: t('rules.bonus.byCards') },
          { value: 'total+ncards', label: t('rules.bonus.byTotal') },
        ]}
        onChange={(match) =>
          onChange(
            match === 'composition'
              ? { ...common, match, cards: [6, 7, 8] }
              : { ...common, match, ncards: 5, total: 21 },
          )
        }
      />
      {bonus.match === 'composition' ? (
        <label className={fields.field}>
          <span>{t('rules.bonus.cards')}</span>
          <input
            value={draft ?? cardsName(bonus.cards)}
            placeholder={t('rules.bonus.cardsHint')}
            onChange={(event) => type(event.currentTarget.value)}
            onBlur={() => setDraft(undefined)}
          />
        </label>
      ) : (
        <>
          <div className={css.row}>
            <NumberField
              short
              label={t('rules.bonus.ncards')}
              value={bonus.ncards}
              min={2}
              max={21}
              onChange={(ncards) => onChange({ ...bonus, ncards: ncards ?? 2 })}
            />
            <NumberField
              short
              label={t('rules.total')}
              none={t('rules.bonus.anyTotal')}
              value={bonus.total === 'any' ? null : bonus.total}
              min={4}
              max={21}
              onChange={(total) => onChange({ ...bonus, total: total ?? 'any' })}
            />
          </div>
          <SwitchField
            label={t('rules.bonus.orMore')}
            checked={bonus.orMore ?? false}
            onChange={(orMore) => onChange({ ...bonus, orMore })}
          />
        </>
      )}
      <div className={css.row}>
        {(['pays', 'paysSuited', 'paysSpades', 'payVsDealerBJ'] as const).map((key) => (
          <NumberField
            key={key}
            short
            label={t(`rules.bonus.${key}`)}
            value={bonus[key] ?? null}
            min={-1}
            max={1000}
            step={0.5}
            none={key === 'pays' ? undefined : '—'}
            onChange={(value) => onChange({ ...bonus, [key]: value ?? undefined })}
          />
        ))}
      </div>
      {(['mustWin', 'preSplit', 'postSplit'] as const).map((key) => (
        <SwitchField
          key={key}
          label={t(`rules.bonus.${key}`)}
          checked={bonus[key] ?? key === 'preSplit'}
          onChange={(checked) => onChange({ ...bonus, [key]: checked })}
        />
      ))}
    </div>
  );
}
