import { Button } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CasinoAlert } from '@vakhta/api';
import { useState } from 'react';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { Age } from '../../../ui/age.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useHallId } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { useStaffNames } from '../staff.ts';
import css from './alerts.module.css';
import { casinoAlertsQuery } from './alerts-query.ts';
import { TakeOnDialog } from './take-on-dialog.tsx';

/** What is wrong on the floor now, the worst first; who is on it; and what was wrong in the last day. */
export function CasinoAlertsPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { data, error } = useQuery(casinoAlertsQuery(useHallId()));
  const [taking, setTaking] = useState<CasinoAlert>();
  return (
    <>
      <PageHead title={t('casinoControl.alerts.title')} text={t('casinoControl.alerts.lead')} />
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!data && !error && <PageLoading />}
      {data?.open.length === 0 && (
        <EmptyState
          icon={<IconBellCheck size={28} />}
          title={t('casinoControl.alerts.none')}
          text={t('casinoControl.alerts.noneText')}
        />
      )}
      <ul className={css.list} aria-live="polite">
        {data?.open.map((alert) => (
          <OpenAlert key={keyOf(alert)} alert={alert} onTake={() => setTaking(alert)} />
        ))}
      </ul>
      {data && data.cleared.length > 0 && (
        <section className={css.over}>
          <h2>{t('casinoControl.alerts.cleared')}</h2>
          <ul>
            {data.cleared.map((alert) => (
              <ClearedAlert key={keyOf(alert)} alert={alert} />
            ))}
          </ul>
        </section>
      )}
      {taking && <TakeOnDialog alert={taking} onClose={() => setTaking(undefined)} />}
    </>
  );
}

const keyOf = ({ code, subject, openedAt }: CasinoAlert): string => `${code} ${subject} ${openedAt}`;

function Subject({ alert: { subject, name, isMachine } }: { alert: CasinoAlert }) {
  const hall = useHallId();
  if (!isMachine) return <b>{name}</b>;
  return (
    <Link to="/casino/$hall/machines/$machine" params={{ hall, machine: subject }}>
      {subject}
    </Link>
  );
}

function OpenAlert({ alert, onTake }: { alert: CasinoAlert; onTake(): void }) {
  const { t } = useWords();
  const mayAttend = useMay()('casino.attend');
  const nameOf = useStaffNames();
  const { severityOf, alertTextOf } = useAlertTexts();
  return (
    <li className={css.alert} data-severity={alert.severity}>
      <div className={css.words}>
        <span className={css.severity}>{severityOf(alert.severity)}</span>
        <span className={css.what}>
          <Subject alert={alert} /> · {alertTextOf(alert.code)}
          {alert.count > 1 && ` · ${t('casinoControl.alerts.times', { count: alert.count })}`}
        </span>
        <span className={css.about}>
          <Age at={alert.openedAt} />
          {alert.acknowledgedBy !== null &&
            ` · ${t('casinoControl.alerts.takenBy', { name: nameOf(alert.acknowledgedBy) })}`}
          {alert.note !== null && ` · ${alert.note}`}
        </span>
      </div>
      {mayAttend && alert.acknowledgedAt === null && (
        <Button variant="default" onClick={onTake}>
          {t('casinoControl.alerts.take')}
        </Button>
      )}
    </li>
  );
}

function ClearedAlert({ alert }: { alert: CasinoAlert }) {
  const timeOf = useHallTime();
  const { alertTextOf } = useAlertTexts();
  return (
    <li>
      <span>
        <Subject alert={alert} /> · {alertTextOf(alert.code)}
      </span>
      <span className={css.about}>
        {timeOf(alert.openedAt)} – {timeOf(alert.clearedAt)}
      </span>
    </li>
  );
}
