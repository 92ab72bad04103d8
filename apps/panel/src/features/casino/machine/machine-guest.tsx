import { Button } from '@mantine/core';
import { IconLogout, IconUserPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoMachine, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useMay } from '../../../app/session.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMinutesSince } from '../minutes.ts';
import css from './machine.module.css';
import { SeatDialog } from './seat-dialog.tsx';

/** Who plays at a machine, and seating somebody there. */
export function MachineGuest({ machine }: { machine: CasinoMachine }) {
  const { t } = useWords();
  const hall = useHallId();
  const mayAttend = useMay()('casino.attend');
  const queryClient = useQueryClient();
  const minutes = useMinutesSince(machine.playingSince);
  const [asking, setAsking] = useState<'seat' | 'leave'>();
  const done = () => queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  const { player } = machine;
  return (
    <PanelSection title={t('casinoFloor.machine.guest')}>
      {player === null ? (
        <p className={css.text}>{t('casinoFloor.machine.nobody')}</p>
      ) : (
        <p className={css.guest}>
          <b>{player}</b>
          <span>{t('casinoFloor.minutes', { count: minutes ?? 0 })}</span>
        </p>
      )}
      {mayAttend && (
        <div className={css.buttons}>
          <Button
            variant={player === null ? 'filled' : 'default'}
            leftSection={<IconUserPlus size={17} />}
            onClick={() => setAsking('seat')}
          >
            {t(player === null ? 'casinoFloor.machine.seat' : 'casinoFloor.machine.seatAnother')}
          </Button>
          {player !== null && (
            <Button
              variant="default"
              leftSection={<IconLogout size={17} />}
              onClick={() => setAsking('leave')}
            >
              {t('casinoFloor.machine.leave')}
            </Button>
          )}
        </div>
      )}
      {asking === 'seat' && (
        <SeatDialog machine={machine.machine} onClose={() => setAsking(undefined)} onDone={done} />
      )}
      <ConfirmAction
        opened={asking === 'leave'}
        onClose={() => setAsking(undefined)}
        title={t('casinoFloor.machine.leaveTitle', { player })}
        action={t('casinoFloor.machine.leave')}
        onConfirm={async () => {
          const params = { hall, machine: machine.machine };
          await api.call(casinoActRoutes.unseatGuest, { params, body: {} });
          await done();
        }}
      >
        {t('casinoFloor.machine.leaveText', { machine: machine.machine })}
      </ConfirmAction>
    </PanelSection>
  );
}
