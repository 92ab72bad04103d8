import type { RuleSet } from '@vakhta/blackjack';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import page from '../analyzer.module.css';
import { WidePart } from '../wide-part.tsx';

/** The rules that the two games do not share, as a rule file has them. */
export function RuleDifferences({ first, second }: { first: RuleSet; second: RuleSet }) {
  const { t } = useAnalyzerWords();
  const keys = (Object.keys(first) as (keyof RuleSet)[]).filter(
    (key) => JSON.stringify(first[key]) !== JSON.stringify(second[key]),
  );
  const text = (value: RuleSet[keyof RuleSet]) => {
    if (value === true) return t('rules.on');
    if (value === false) return t('rules.off');
    if (value === null) return '—';
    return typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value);
  };
  return (
    <PanelSection title={t('compare.rules')}>
      {keys.length === 0 ? (
        <p className={page.hint}>{t('compare.same')}</p>
      ) : (
        <WidePart label={t('compare.rules')}>
          <table className={page.table}>
            <thead>
              <tr>
                <th scope="col">{t('compare.rule')}</th>
                <th scope="col">{t('compare.first')}</th>
                <th scope="col">{t('compare.second')}</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <tr key={key}>
                  <th scope="row">{t(`rules.label.${key}` as 'rules.label.dealer')}</th>
                  <td>{text(first[key])}</td>
                  <td>{text(second[key])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WidePart>
      )}
    </PanelSection>
  );
}
