import { strategyClassSchema } from '@vakhta/blackjack';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { analyzer, useAnalyzer } from '../analyzer-state.ts';
import { SelectField } from '../rules/select-field.tsx';

/** Which class of strategy the whole page computes. */
export function StrategySelect() {
  const { t } = useAnalyzerWords();
  const { strategy } = useAnalyzer();
  return (
    <SelectField
      label={t('strategy.label')}
      value={strategy}
      options={strategyClassSchema.options.map((value) => ({ value, label: t(`strategy.classes.${value}`) }))}
      onChange={(chosen) => analyzer.change({ strategy: chosen })}
    />
  );
}
