import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import type { Permission } from '@vakhta/api';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { hallsQuery, useHallId } from './hall.ts';
import css from './hall-frame.module.css';
import { useTabCounts } from './tab-counts.ts';

const tabs = [
  { to: '/casino/$hall', name: 'floor', needs: 'casino.view' },
  { to: '/casino/$hall/alerts', name: 'alerts', needs: 'casino.view' },
  { to: '/casino/$hall/desk', name: 'desk', needs: 'casino.cash' },
  { to: '/casino/$hall/handpays', name: 'handpays', needs: 'casino.view' },
  { to: '/casino/$hall/guests', name: 'players', needs: 'casino.view' },
  { to: '/casino/$hall/inbox', name: 'inbox', needs: 'casino.view' },
  { to: '/casino/$hall/approvals', name: 'approvals', needs: 'casino.approve' },
  { to: '/casino/$hall/days', name: 'days', needs: 'casino.view' },
  { to: '/casino/$hall/reports', name: 'reports', needs: 'casino.report' },
  { to: '/casino/$hall/set-up', name: 'setUp', needs: 'casino.manage' },
] as const satisfies readonly {
  to: string;
  name: string;
  needs: Permission;
}[];

/** What stands around every page of a hall: its name, its game day, and the pages that the person may open. */
export function HallFrame() {
  const { t } = useWords();
  const textOf = useErrorText();
  const id = useHallId();
  const navigate = useNavigate();
  const { data: halls, error } = useQuery({ ...hallsQuery, refetchInterval: 60_000 });
  if (error && !halls) return <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />;
  if (!halls) return <PageLoading />;
  const hall = halls.find((one) => one.id === id);
  if (!hall) return <EmptyState title={t('casino.noSuchHall')} text={t('casino.noSuchHallText')} />;
  return (
    <>
      <div className={css.bar}>
        {halls.length > 1 ? (
          <Select
            className={css.halls}
            aria-label={t('casino.hall')}
            allowDeselect={false}
            data={halls.map(({ id: value, name }) => ({ value, label: name }))}
            value={id}
            onChange={(value) => value && void navigate({ to: '/casino/$hall', params: { hall: value } })}
          />
        ) : (
          <span className={css.name}>{hall.name}</span>
        )}
        <span className={css.day}>
          {t('casino.gameDay')} <b>{hall.gameDay}</b>
        </span>
      </div>
      <Tabs hall={id} />
      <Outlet />
    </>
  );
}

function Tabs({ hall }: { hall: string }) {
  const { t } = useWords();
  const may = useMay();
  const here = useRouterState({ select: (state) => state.location.pathname });
  const counts: { [tab in (typeof tabs)[number]['name']]?: number } = useTabCounts(hall);
  const root = `/casino/${hall}`;
  return (
    <nav className={css.tabs} aria-label={t('casino.tabs.label')}>
      {tabs
        .filter(({ needs }) => may(needs))
        .map(({ to, name }) => {
          const path = to.replace('$hall', hall);
          const isHere =
            path === root ? here === root || here.startsWith(`${root}/machines`) : here.startsWith(path);
          return (
            <Link
              key={to}
              to={to}
              params={{ hall }}
              activeOptions={{ exact: true }}
              aria-current={isHere ? 'page' : undefined}
              ref={isHere ? bringIntoSight : undefined}
            >
              {t(`casino.tabs.${name}`)}
              {counts[name] ? <span className={css.count}>{counts[name]}</span> : null}
            </Link>
          );
        })}
    </nav>
  );
}

/** On a narrow screen the tabs are moved sideways until the one that is open is seen. */
function bringIntoSight(tab: HTMLAnchorElement | null): void {
  tab?.scrollIntoView({ inline: 'center', block: 'nearest' });
}
