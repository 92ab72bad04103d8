import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CasinoMachineDetail } from '@vakhta/api';
import { thingsQuery } from '../../../app/directory.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { Age } from '../../../ui/age.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHall } from '../hall.ts';
import { useLiveMachine } from '../machine-state.ts';
import { MachineStateLamp } from '../machine-state-lamp.tsx';
import { useMoney } from '../money.ts';
import { Epochs } from './epochs.tsx';
import { LastEvents } from './last-events.tsx';
import css from './machine.module.css';
import { MachineGuest } from './machine-guest.tsx';
import { MachineHandpay } from './machine-handpay.tsx';
import { MachineOrders } from './machine-orders.tsx';
import { machineQuery } from './machine-query.ts';
import { MachineService } from './machine-service.tsx';
import { Meters } from './meters.tsx';
import { TodayFigures } from './today-figures.tsx';

/** One machine: its guest and credits now, what can be done with it, its meters, epochs and last events. */
export function MachinePage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const hall = useHall();
  const { machine: name } = useParams({ from: '/signed-in/casino/$hall/machines/$machine' });
  useQuery(thingsQuery);
  const { data: machine, error } = useQuery(machineQuery(hall.id, name));
  if (error && !machine)
    return (
      <EmptyState title={t('shell.failedToLoad')} text={textOf(error)}>
        <LinkButton to="/casino/$hall" params={{ hall: hall.id }}>
          {t('casinoFloor.toFloor')}
        </LinkButton>
      </EmptyState>
    );
  if (!machine) return <PageLoading />;
  return <MachineInside machine={machine} />;
}

function MachineInside({ machine }: { machine: CasinoMachineDetail }) {
  const { t } = useWords();
  const { money } = useMoney();
  const hall = useHall();
  const may = useMay();
  const { state, credits } = useLiveMachine(machine);
  const { severityOf, alertTextOf } = useAlertTexts();
  const about = [machine.position, t('casinoFloor.machine.serial', { serial: machine.serial })];
  return (
    <>
      <PageHead title={machine.machine} text={about.filter(Boolean).join(' · ')}>
        {may('casino.cash') && (
          <LinkButton
            to="/casino/$hall/desk"
            params={{ hall: hall.id }}
            search={{ machine: machine.machine }}
            disabled={!machine.creditingAllowed}
          >
            {t('casinoFloor.machine.credit')}
          </LinkButton>
        )}
        {machine.thing && may('things.view') && (
          <LinkButton to="/things/$thing" params={{ thing: machine.thing }} variant="default">
            {t('casinoFloor.machine.device')}
          </LinkButton>
        )}
      </PageHead>
      <div className={css.now}>
        <MachineStateLamp state={state} />
        <span className={css.credits}>
          {money(credits === null ? null : credits * machine.denominationMinor)}
          <small>{t('casinoFloor.onMachine')}</small>
        </span>
        <span className={css.heard}>
          {t('casinoFloor.machine.lastReading')}: <Age at={machine.lastReadingAt} />
        </span>
      </div>
      {machine.openAlerts.length > 0 && (
        <ul className={css.alerts} aria-label={t('casinoFloor.machine.alerts')}>
          {machine.openAlerts.map((alert) => (
            <li key={`${alert.code} ${alert.openedAt}`} data-severity={alert.severity}>
              <b>{severityOf(alert.severity)}</b> {alertTextOf(alert.code)} · <Age at={alert.openedAt} />
            </li>
          ))}
        </ul>
      )}
      {machine.handpay && <MachineHandpay handpay={machine.handpay} />}
      <div className={css.columns}>
        <MachineGuest machine={machine} />
        {may('casino.attend') && <MachineOrders machine={machine} />}
        {may('casino.attend') && <MachineService machine={machine} />}
        <PanelSection title={t('casinoFloor.machine.today', { day: hall.gameDay })}>
          <TodayFigures machine={machine} />
        </PanelSection>
        <LastEvents events={machine.events} />
        <Meters machine={machine} />
        <Epochs epochs={machine.epochs} />
      </div>
    </>
  );
}
