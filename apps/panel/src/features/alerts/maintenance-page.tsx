import { Button } from '@mantine/core';
import { IconPlus, IconTool } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type MaintenanceWindow, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAgents, useGroups, useSites } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { serverNow } from '../../app/server-time.ts';
import { useMay } from '../../app/session.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant } from '../../ui/format/time.ts';
import { Lamp } from '../../ui/lamp.tsx';
import { tellRefused } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useTick } from '../../ui/tick.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { maintenanceQuery } from './alert-lists.ts';
import { AlertTabs } from './alert-tabs.tsx';
import css from './alerts.module.css';
import { MaintenanceDialog } from './maintenance-dialog.tsx';

type WindowState = 'now' | 'planned' | 'past';

const stateOf = ({ from, until }: MaintenanceWindow, now: number): WindowState => {
  if (Date.parse(until) <= now) return 'past';
  return Date.parse(from) <= now ? 'now' : 'planned';
};

/** When and where nobody is told of anything. */
export function MaintenancePage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const may = useMay();
  const manages = may('alerts.manage');
  const { data, error } = useQuery(maintenanceQuery);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<MaintenanceWindow>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['maintenance'] });
  const end = (window: MaintenanceWindow) =>
    api
      .call(routes.changeMaintenance, {
        params: { window: window.id },
        body: { until: new Date(serverNow()).toISOString() },
      })
      .then(refresh, (failure: unknown) => tellRefused(textOf(failure)));
  const remove = async (window: MaintenanceWindow) => {
    await api.call(routes.removeMaintenance, { params: { window: window.id } });
    await refresh();
  };
  const windows = data?.toSorted((a, b) => (a.until < b.until ? 1 : -1));
  const add = manages && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {t('maintenance.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('maintenance.title')} text={t('maintenance.lead')}>
        {add}
      </PageHead>
      <AlertTabs />
      {error && !windows && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!windows && !error && <PageLoading />}
      {windows?.length === 0 && (
        <EmptyState
          icon={<IconTool size={28} />}
          title={t('maintenance.title')}
          text={t('maintenance.none')}
        />
      )}
      <ul className={css.list}>
        {windows?.map((window) => (
          <li key={window.id}>
            <WindowRow window={window}>
              {(state) =>
                manages && (
                  <>
                    {state === 'now' && (
                      <Button size="compact-sm" variant="subtle" onClick={() => void end(window)}>
                        {t('maintenance.end')}
                      </Button>
                    )}
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => setRemoving(window)}
                    >
                      {t('shell.do.remove')}
                    </Button>
                  </>
                )
              }
            </WindowRow>
          </li>
        ))}
      </ul>
      {adding && <MaintenanceDialog onClose={() => setAdding(false)} onSaved={refresh} />}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('maintenance.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        <p>{t('maintenance.removeText')}</p>
      </ConfirmAction>
    </>
  );
}

interface WindowRowProps {
  window: MaintenanceWindow;
  children(state: WindowState): React.ReactNode;
}

function WindowRow({ window, children }: WindowRowProps) {
  const { t, language } = useWords();
  const may = useMay();
  const [sites, groups, agents] = [useSites(), useGroups(), useAgents(may('agents.view'))];
  const state = useTick((now) => stateOf(window, now));
  const { site, group, agent } = window;
  const where =
    (site && t('maintenance.site', { name: sites.get(site)?.name ?? '' })) ||
    (group && t('maintenance.group', { name: groups.get(group)?.name ?? '' })) ||
    (agent && t('maintenance.agent', { name: agents.get(agent)?.name ?? '' })) ||
    t('maintenance.everywhere');
  const time = (at: string) => formatInstant(Date.parse(at), serverNow(), language);
  return (
    <article className={css.rule} data-off={state === 'past' || undefined}>
      <div>
        <h3>
          <Lamp tone={state === 'now' ? 'attention' : 'neutral'} word={t(`maintenance.state.${state}`)} />{' '}
          {window.name}
        </h3>
        <p>
          {where} · {time(window.from)} — {time(window.until)}
        </p>
      </div>
      <div className={css.actions}>{children(state)}</div>
    </article>
  );
}
