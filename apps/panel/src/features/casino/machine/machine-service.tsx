import { Button } from '@mantine/core';
import { IconBoxSeam, IconCash, IconEraser, IconKeyboard } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoMachineDetail, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { AnnounceClearDialog } from './announce-clear-dialog.tsx';
import { CountStackerDialog } from './count-stacker-dialog.tsx';
import css from './machine.module.css';
import { TypedMetersDialog } from './typed-meters-dialog.tsx';

/** What is done at an open cabinet: taking the stacker, counting it, typing meters, announcing a clear. */
export function MachineService({
  machine: { machine, meters, stackersToCount },
}: {
  machine: CasinoMachineDetail;
}) {
  const { t } = useWords();
  const hall = useHallId();
  const timeOf = useHallTime();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState<'removal' | 'count' | 'meters' | 'clear'>();
  const close = () => setAsking(undefined);
  const works = [
    { name: 'removal', Icon: IconBoxSeam },
    { name: 'count', Icon: IconCash },
    { name: 'meters', Icon: IconKeyboard },
    { name: 'clear', Icon: IconEraser },
  ] as const;
  return (
    <PanelSection title={t('casinoFloor.service.title')}>
      <div className={css.buttons}>
        {works.map(({ name, Icon }) => (
          <Button
            key={name}
            variant="default"
            leftSection={<Icon size={17} />}
            disabled={name === 'count' && stackersToCount.length === 0}
            onClick={() => setAsking(name)}
          >
            {t(`casinoFloor.service.${name}`)}
          </Button>
        ))}
      </div>
      {stackersToCount.map((at) => (
        <p key={at} className={css.text}>
          {t('casinoFloor.service.toCount', { at: timeOf(at) })}
        </p>
      ))}
      <ConfirmAction
        opened={asking === 'removal'}
        onClose={close}
        title={t('casinoFloor.service.removalTitle', { machine })}
        action={t('casinoFloor.service.removal')}
        onConfirm={async () => {
          await api.call(casinoActRoutes.removeStacker, { params: { hall, machine }, body: {} });
          await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
        }}
      >
        {t('casinoFloor.service.removalText')}
      </ConfirmAction>
      {asking === 'count' && <CountStackerDialog machine={machine} onClose={close} />}
      {asking === 'meters' && <TypedMetersDialog machine={machine} last={meters} onClose={close} />}
      {asking === 'clear' && <AnnounceClearDialog machine={machine} onClose={close} />}
    </PanelSection>
  );
}
