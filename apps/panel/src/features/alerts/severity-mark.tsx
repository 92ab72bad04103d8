import type { AlertSeverity } from '@vakhta/api';
import { Lamp } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';

const tones = { notice: 'neutral', warning: 'attention', critical: 'bad' } as const;

/** How bad it is, in a shape and a word. */
export function SeverityMark({ severity }: { severity: AlertSeverity }) {
  const { t } = useWords();
  return <Lamp tone={tones[severity]} word={t(`alerts.severity.${severity}`)} />;
}
