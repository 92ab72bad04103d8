import type { RuleSetInput } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName, RANKS, UPCARDS } from '../card-names.ts';
import { changeRule } from './change-rules.ts';
import { ChoiceField } from './choice-field.tsx';
import { DoubleTable } from './double-table.tsx';
import css from './fields.module.css';
import { NumberField } from './number-field.tsx';
import { ruleOf } from './read-rules.ts';
import type { RuleField } from './rule-fields.ts';
import rules from './rules.module.css';
import { SelectField } from './select-field.tsx';
import { SwitchField } from './switch-field.tsx';

interface RuleControlProps {
  field: RuleField;
  written: RuleSetInput;
  onChange(written: RuleSetInput): void;
}

const options = {
  dealer: ['S17', 'H17'],
  double: ['DOA', 'D9', 'D10', 'table'],
  surrender: ['NS', 'LS', 'ES', 'ES10', 'table'],
  doubleDownRescue: ['none', 'late', 'early'],
  holeCard: ['OBO', 'ENHC', 'BBO', 'OBBO', 'AOBBO'],
} as const;
const ties = [17, 18, 19, 20, 21, 'BJ'] as const;

/** The control of one rule. */
export function RuleControl({ field, written, onChange }: RuleControlProps) {
  const { t } = useAnalyzerWords();
  const set = <Key extends keyof RuleSetInput>(key: Key, value: RuleSetInput[Key]) =>
    onChange(changeRule(written, key, value));
  const choose = <Key extends 'dealer' | 'double' | 'surrender' | 'doubleDownRescue' | 'holeCard'>(
    key: Key,
  ) => ({
    label: t(`rules.label.${key}` as 'rules.label.dealer'),
    value: ruleOf(written, key) as string,
    options: options[key].map((value) => ({
      value: value as string,
      label: t(`rules.option.${key}.${value}` as 'rules.option.dealer.S17'),
    })),
    onChange: (value: string) => set(key, value as RuleSetInput[Key]),
  });
  switch (field.kind) {
    case 'switch': {
      const { key } = field;
      const peeks = (key === 'peekAce' || key === 'peekTen') && ruleOf(written, 'holeCard') === 'OBO';
      return (
        <SwitchField
          label={t(`rules.label.${key}`)}
          checked={written[key] ?? (peeks || ruleOf(written, key) === true)}
          onChange={(checked) => set(key, peeks && checked ? undefined : checked)}
        />
      );
    }
    case 'holeCard':
      return <SelectField {...choose('holeCard')} />;
    case 'dealer':
    case 'double':
    case 'surrender':
    case 'doubleDownRescue':
      return <ChoiceField {...choose(field.kind)} />;
    case 'SPL':
      return (
        <ChoiceField
          label={t('rules.label.SPL')}
          value={String(ruleOf(written, 'SPL'))}
          options={['0', '1', '2', '3'].map((value) => ({ value, label: value }))}
          onChange={(value) => set('SPL', Number(value))}
        />
      );
    case 'number': {
      const { key, min, max, step, unlimited } = field;
      return (
        <NumberField
          label={t(`rules.label.${key}`)}
          value={ruleOf(written, key)}
          min={min}
          max={max}
          step={step}
          none={unlimited && t('rules.unlimited')}
          onChange={(value) => set(key, value as number)}
        />
      );
    }
    case 'ties':
      return (
        <fieldset className={css.choice}>
          <legend>{t('rules.label.ties')}</legend>
          <div className={rules.row}>
            {ties.map((tie) => (
              <NumberField
                key={tie}
                short
                label={String(tie)}
                value={ruleOf(written, 'ties')[tie]}
                min={-1}
                max={10}
                step={0.5}
                onChange={(value) => set('ties', { ...ruleOf(written, 'ties'), [tie]: value })}
              />
            ))}
          </div>
        </fieldset>
      );
    case 'splitAllowed': {
      const allowed = ruleOf(written, 'splitAllowed');
      return (
        <fieldset className={css.choice}>
          <legend>{t('rules.label.splitAllowed')}</legend>
          <div className={rules.ticks}>
            {RANKS.map((rank) => (
              <label key={rank}>
                <input
                  type="checkbox"
                  checked={allowed[rank - 1]!}
                  onChange={(event) =>
                    set('splitAllowed', allowed.with(rank - 1, event.currentTarget.checked))
                  }
                />
                <span>{cardName(rank).repeat(2)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      );
    }
    case 'fiveCardSurrender': {
      const five = ruleOf(written, 'fiveCardSurrender');
      return (
        <fieldset className={css.choice}>
          <legend>{t('rules.label.fiveCardSurrender')}</legend>
          {(['twoToTen', 'ace'] as const).map((against) => (
            <SwitchField
              key={against}
              label={t(`rules.option.fiveCardSurrender.${against}`)}
              checked={five[against]}
              onChange={(checked) => set('fiveCardSurrender', { ...five, [against]: checked })}
            />
          ))}
        </fieldset>
      );
    }
    case 'doubleTable':
      return written.doubleTable ? (
        <DoubleTable table={written.doubleTable} onChange={(table) => set('doubleTable', table)} />
      ) : null;
    case 'surrenderTable': {
      const table = written.surrenderTable;
      return table ? (
        <fieldset className={css.choice}>
          <legend>{t('rules.label.surrenderTable')}</legend>
          <div className={rules.row}>
            {UPCARDS.map((up) => (
              <SelectField
                key={up}
                label={cardName(up)}
                value={table[up - 1]!}
                options={(['none', 'late', 'early'] as const).map((value) => ({
                  value,
                  label: t(`rules.option.surrenderTable.${value}`),
                }))}
                onChange={(value) => set('surrenderTable', table.with(up - 1, value))}
              />
            ))}
          </div>
        </fieldset>
      ) : null;
    }
  }
}
