import type { CasinoMachineDetail } from '@vakhta/api';
import { formatFullInstant } from '../../../ui/format/time.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import css from './machine.module.css';

/** What the machine told of itself, the newest first. */
export function LastEvents({ events }: { events: CasinoMachineDetail['events'] }) {
  const { t, language } = useWords();
  const { exceptionTextOf } = useAlertTexts();
  return (
    <PanelSection title={t('casinoFloor.machine.events')}>
      {events.length === 0 && <p className={css.text}>{t('casinoFloor.machine.noEvents')}</p>}
      <ol className={css.events}>
        {events.toReversed().map(({ at, code }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of the same kind may come within a millisecond
          <li key={`${at} ${code} ${index}`}>
            <time dateTime={at}>{formatFullInstant(Date.parse(at), language)}</time>
            <span>{exceptionTextOf(code)}</span>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}
