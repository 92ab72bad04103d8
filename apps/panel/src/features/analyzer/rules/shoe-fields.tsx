import type { RuleSetInput } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName, RANKS } from '../card-names.ts';
import { changeRule, shoeKindOf, shoeKinds, withShoeKind } from './change-rules.ts';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';
import css from './rules.module.css';
import { SwitchField } from './switch-field.tsx';

interface ShoeFieldsProps {
  written: RuleSetInput;
  onChange(written: RuleSetInput): void;
}

/** Decks, an infinite shoe, or the counts of every rank. */
export function ShoeFields({ written, onChange }: ShoeFieldsProps) {
  const { t } = useAnalyzerWords();
  const kind = shoeKindOf(written);
  return (
    <div className={css.fields}>
      <ChoiceField
        label={t('rules.label.shoeKind')}
        value={kind}
        options={shoeKinds.map((value) => ({ value, label: t(`rules.option.shoeKind.${value}`) }))}
        onChange={(value) => onChange(withShoeKind(written, value))}
      />
      {kind === 'decks' && (
        <NumberField
          label={t('rules.label.decks')}
          value={written.decks ?? null}
          min={1}
          max={500}
          onChange={(decks) => onChange({ ...written, decks })}
        />
      )}
      {kind === 'counts' && written.shoe && (
        <div className={css.row}>
          {RANKS.map((rank) => (
            <NumberField
              key={rank}
              short
              label={cardName(rank)}
              value={written.shoe![rank - 1]!}
              min={0}
              max={8000}
              onChange={(count) => onChange({ ...written, shoe: written.shoe!.with(rank - 1, count ?? 0) })}
            />
          ))}
        </div>
      )}
      {kind !== 'counts' && (
        <SwitchField
          label={t('rules.label.spanish')}
          checked={written.spanish ?? false}
          onChange={(spanish) => onChange(changeRule(written, 'spanish', spanish))}
        />
      )}
    </div>
  );
}
