import { Button } from '@mantine/core';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { analyzer, useAnalyzer } from '../analyzer-state.ts';
import { rulesLine } from '../rules-line.ts';
import { useReadRules } from './read-rules.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleLibrary } from './rule-library.tsx';
import css from './rules.module.css';

/** Where the game is set. */
export function RulesTab() {
  const { t } = useAnalyzerWords();
  const { rules: written } = useAnalyzer();
  const { rules, problems } = useReadRules(written);
  const open = (next: typeof written) => analyzer.change({ rules: next });
  return (
    <div className={page.stack}>
      <PanelSection title={t('results.game')}>
        <RuleLibrary written={written} onOpen={open} />
      </PanelSection>
      <RuleForm written={written} problems={problems} onChange={open} />
      <div className={css.calculate}>
        <span role="status">
          {rules && problems.length === 0
            ? rulesLine(rules)
            : t(rules ? 'state.idleRules' : 'state.badRulesHere')}
        </span>
        <Button size="md" disabled={!rules} onClick={() => analyzer.change({ tab: 'results' })}>
          {t('do.calculate')}
        </Button>
      </div>
    </div>
  );
}
