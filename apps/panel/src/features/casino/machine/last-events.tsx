import type { CasinoMachineDetail } from '@vakhta/api';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallTime } from '../hall-time.ts';
import css from './machine.module.css';

/** What the machine told of itself, the newest first. */
export function LastEvents({ events }: { events: CasinoMachineDetail['events'] }) {
  const { t } = useWords();
  const timeOf = useHallTime();
  const { exceptionTextOf } = useAlertTexts();
  return (
    <PanelSection title={t('casinoFloor.machine.events')}>
      {events.length === 0 && <p className={css.text}>{t('casinoFloor.machine.noEvents')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <ol className={css.events} tabIndex={0}>
        {events.toReversed().map(({ at, code }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of the same kind may come within a millisecond
          <li key={`${at} ${code} ${index}`}>
            <time dateTime={at}>{timeOf(at)}</time>
            <span>{exceptionTextOf(code)}</span>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}
