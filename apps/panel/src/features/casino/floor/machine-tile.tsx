import { IconAlertTriangle, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CasinoMachine } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useLiveMachine } from '../machine-state.ts';
import { MachineStateLamp } from '../machine-state-lamp.tsx';
import { useMinutesSince } from '../minutes.ts';
import { useMoney } from '../money.ts';
import css from './floor.module.css';

/** A machine where it stands: its state, its guest, and what is on it. */
export function MachineTile({ machine }: { machine: CasinoMachine }) {
  const { t } = useWords();
  const { amount } = useMoney();
  const { state, credits } = useLiveMachine(machine);
  const minutes = useMinutesSince(machine.playingSince);
  const worst = machine.openAlerts[0];
  return (
    <Link
      to="/casino/$hall/machines/$machine"
      params={{ hall: useHallId(), machine: machine.machine }}
      className={css.tile}
      data-state={state}
    >
      <span className={css.tileHead}>
        <b>{machine.machine}</b>
        {worst && (
          <span className={css.alert} data-severity={worst.severity}>
            <IconAlertTriangle size={14} aria-hidden />
            {t('casinoFloor.alerts', { count: machine.openAlerts.length })}
          </span>
        )}
      </span>
      <MachineStateLamp state={state} />
      <span className={css.guest}>
        {machine.player === null ? (
          <span className={css.quiet}>{t('casinoFloor.noGuest')}</span>
        ) : (
          <>
            <IconUser size={14} aria-hidden />
            <span className={css.guestName}>{machine.player}</span>
            <span className={css.quiet}>{t('casinoFloor.minutes', { count: minutes ?? 0 })}</span>
          </>
        )}
      </span>
      <span className={css.tileFigures}>
        <span>
          <small>{t('casinoFloor.onMachine')}</small>
          {amount(credits === null ? null : credits * machine.denominationMinor)}
        </span>
        <span>
          <small>{t('casinoFloor.winToday')}</small>
          {amount(machine.today.winMinor)}
        </span>
      </span>
    </Link>
  );
}
