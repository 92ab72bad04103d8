import type { RuleProblem, RuleSetInput } from '@vakhta/blackjack';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { BonusList } from './bonus-list.tsx';
import { RuleControl } from './rule-control.tsx';
import { type RuleGroup, ruleGroups } from './rule-fields.ts';
import { RuleNote } from './rule-note.tsx';
import css from './rules.module.css';
import { ShoeFields } from './shoe-fields.tsx';

interface RuleFormProps {
  written: RuleSetInput;
  problems: readonly RuleProblem[];
  onChange(written: RuleSetInput): void;
}

/** Every rule of a game, each with what is wrong with it beside it. */
export function RuleForm({ written, problems, onChange }: RuleFormProps) {
  const { t } = useAnalyzerWords();
  return (
    <div className={css.groups}>
      <PanelSection title={t('rules.groups.shoe')}>
        <ShoeFields written={written} onChange={onChange} />
        {['shoe', 'decks', 'infinite', 'spanish'].map((rule) => (
          <RuleNote key={rule} problems={problems} rule={rule} />
        ))}
      </PanelSection>
      {(Object.keys(ruleGroups) as RuleGroup[]).map((group) => (
        <PanelSection key={group} title={t(`rules.groups.${group}`)}>
          <div className={css.fields}>
            {ruleGroups[group].map((field) => {
              const rule = 'key' in field ? field.key : field.kind;
              return (
                <div key={rule} className={css.cell}>
                  <RuleControl field={field} written={written} onChange={onChange} />
                  <RuleNote problems={problems} rule={rule} />
                </div>
              );
            })}
          </div>
        </PanelSection>
      ))}
      <PanelSection title={t('rules.groups.bonuses')}>
        <BonusList written={written} onChange={onChange} />
        <RuleNote problems={problems} rule="bonuses" />
      </PanelSection>
    </div>
  );
}
