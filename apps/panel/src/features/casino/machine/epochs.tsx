import type { CasinoMachineDetail } from '@vakhta/api';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallTime } from '../hall-time.ts';
import css from './machine.module.css';

/** Between two clears of its memory a machine's meters only grow: the stretches, and why each one ended. */
export function Epochs({ epochs }: { epochs: CasinoMachineDetail['epochs'] }) {
  const { t, has } = useWords();
  const timeOf = useHallTime();
  const reasonOf = (reason: string) =>
    has(`casinoFloor.epochEnds.${reason}`)
      ? t(`casinoFloor.epochEnds.${reason}` as 'casinoFloor.epochEnds.reset')
      : reason;
  return (
    <PanelSection title={t('casinoFloor.machine.epochs')} text={t('casinoFloor.machine.epochsText')}>
      <ol className={css.epochs} reversed>
        {epochs.toReversed().map((epoch) => (
          <li key={epoch.epoch}>
            {epoch.closedAt === null
              ? t('casinoFloor.machine.epochOpen', { from: timeOf(epoch.openedAt) })
              : t('casinoFloor.machine.epochOver', {
                  from: timeOf(epoch.openedAt),
                  to: timeOf(epoch.closedAt),
                })}
            {epoch.closedBy !== null && ` · ${reasonOf(epoch.closedBy)}`}
          </li>
        ))}
      </ol>
    </PanelSection>
  );
}
