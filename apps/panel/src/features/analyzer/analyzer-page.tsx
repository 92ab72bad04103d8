import { PageHead } from '../../ui/page-head.tsx';
import { useAnalyzerWords } from '../../words/analyzer-words.ts';
import { Analyzer } from './analyzer.tsx';

/** The Analyzer among the desk's pages. It reads nothing of the organisation, so every member may open it. */
export function AnalyzerPage() {
  const { t } = useAnalyzerWords();
  return (
    <Analyzer
      head={(text, buttons) => (
        <PageHead title={t('title')} text={text}>
          {buttons}
        </PageHead>
      )}
    />
  );
}
