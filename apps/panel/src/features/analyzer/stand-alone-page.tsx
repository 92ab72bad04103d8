import { LanguageSwitch } from '../../app/language-switch.tsx';
import { ThemeSwitch } from '../../app/theme-switch.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useAnalyzerWords } from '../../words/analyzer-words.ts';
import css from './analyzer.module.css';
import { Analyzer } from './analyzer.tsx';

/** The Analyzer with no desk around it. */
export function StandAlonePage() {
  const { t } = useAnalyzerWords();
  return (
    <main className={css.alone}>
      <Analyzer
        head={(text, buttons) => (
          <PageHead title={t('title')} text={text}>
            {buttons}
            <span className={css.switches}>
              <LanguageSwitch />
              <ThemeSwitch />
            </span>
          </PageHead>
        )}
      />
    </main>
  );
}
