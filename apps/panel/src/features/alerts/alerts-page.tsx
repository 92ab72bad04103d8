import { Button, SegmentedControl } from '@mantine/core';
import { IconBellCheck, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Alert, AlertSeverity, AlertState } from '@vakhta/api';
import { useState } from 'react';
import { useAlertCounts } from '../../app/alert-news.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { useAlertSound } from '../../ui/alert-sound.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import { alertsQuery } from './alert-lists.ts';
import { AlertRow } from './alert-row.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import css from './alerts.module.css';

const badness = ({ severity }: Alert) => -AlertSeverity.options.indexOf(severity);

/** What is wrong now, who is on it, and what is over. */
export function AlertsPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const mayAcknowledge = useMay()('alerts.acknowledge');
  const [state, setState] = useState<AlertState>('open');
  const [taking, setTaking] = useState<Alert>();
  const counts = useAlertCounts(true);
  const { data, error } = useQuery(alertsQuery(state));
  const alerts = data && state !== 'cleared' ? data.toSorted((a, b) => badness(a) - badness(b)) : data;
  const howMany = {
    open: counts && counts.notice + counts.warning + counts.critical,
    acknowledged: counts?.acknowledged,
    cleared: undefined,
  };
  return (
    <>
      <PageHead title={t('alerts.title')} text={t('alerts.lead')}>
        <SoundSwitch />
      </PageHead>
      <AlertTabs />
      <SegmentedControl
        className={css.states}
        aria-label={t('alerts.showing')}
        value={state}
        onChange={(value) => setState(AlertState.parse(value))}
        data={AlertState.options.map((value) => ({
          value,
          label: `${t(`alerts.states.${value}`)}${howMany[value] ? ` ${howMany[value]}` : ''}`,
        }))}
      />
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!alerts && !error && <PageLoading />}
      {alerts?.length === 0 && (
        <EmptyState
          icon={<IconBellCheck size={28} />}
          title={t(`alerts.none.${state}`)}
          text={t(`alerts.none.${state}Text`)}
        />
      )}
      <ul className={css.list} aria-live="polite">
        {alerts?.map((alert) => (
          <li key={alert.id}>
            <AlertRow alert={alert} onAcknowledge={mayAcknowledge ? setTaking : undefined} />
          </li>
        ))}
      </ul>
      {taking && (
        <AcknowledgeDialog
          alert={taking}
          onClose={() => setTaking(undefined)}
          onDone={() => queryClient.invalidateQueries({ queryKey: ['alerts'] })}
        />
      )}
    </>
  );
}

function SoundSwitch() {
  const { t } = useWords();
  const { on, toggle } = useAlertSound();
  return (
    <Button
      variant="default"
      aria-pressed={on}
      leftSection={on ? <IconVolume size={17} /> : <IconVolumeOff size={17} />}
      onClick={toggle}
    >
      {t(on ? 'alerts.sound.on' : 'alerts.sound.off')}
    </Button>
  );
}
