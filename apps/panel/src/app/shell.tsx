import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { startLive } from '../live/live.ts';
import { ActingProvider } from '../ui/acting/acting.tsx';
import { BatchDock } from '../ui/acting/batch-dock.tsx';
import { useWords } from '../words/words.ts';
import { AlertCount } from './alert-count.tsx';
import { useAlertNews } from './alert-news.ts';
import { LinkBanner } from './link-banner.tsx';
import { NoOrganisation } from './no-organisation.tsx';
import { PageLoading } from './page-loading.tsx';
import { RunningCount } from './running-count.tsx';
import { useSections } from './sections.ts';
import { membershipOf, sessionQuery, useMay } from './session.ts';
import css from './shell.module.css';
import { useShortCuts } from './use-short-cuts.ts';

const Palette = lazy(async () => ({
  default: (await import('../features/palette/palette.tsx')).Palette,
}));
const KeyMapDialog = lazy(async () => ({
  default: (await import('../features/palette/key-map-dialog.tsx')).KeyMapDialog,
}));

/** On a phone's bar there is room for these and one more. */
const ON_PHONE_BAR = 3;

/** The frame of every signed-in screen: sections, the state of the link, running commands, and the page. */
export function Shell() {
  const { t } = useWords();
  const { data: session } = useQuery(sessionQuery);
  const navigate = useNavigate();
  const here = useRouterState({ select: (state) => state.location });
  const may = useMay();
  const signedOut = session === null;
  const membership = membershipOf(session ?? null);
  const member = membership !== undefined;
  const shutOut = membership?.lacksSecondFactor === true;

  // The location is the next page's while this one still stands: who is on the way to the door is not sent there again.
  const isLeaving = here.pathname === '/sign-in';
  useEffect(() => {
    if (signedOut && !isLeaving)
      void navigate({ to: '/sign-in', search: { to: here.href === '/' ? undefined : here.href } });
  }, [signedOut, isLeaving, navigate, here.href]);

  const shown = useSections();
  const [over, setOver] = useState<'palette' | 'keys'>();
  const open = useMemo(() => ({ palette: () => setOver('palette'), keys: () => setOver('keys') }), []);
  useShortCuts(shown, open);
  useAlertNews(member && !shutOut && may('alerts.view'));
  useEffect(() => (member && !shutOut ? startLive() : undefined), [member, shutOut]);

  // The account page is all that is open until there is a second factor.
  const away = shutOut && here.pathname !== '/account';
  useEffect(() => {
    if (away) void navigate({ to: '/account' });
  }, [away, navigate]);

  if (!session) return null;
  if (away) return null;
  if (!member) return <NoOrganisation email={session.user.email} />;

  const isHere = (to: string) =>
    to === '/' ? here.pathname === '/' || here.pathname.startsWith('/things') : here.pathname.startsWith(to);
  const [onBar, inMenu] = [shown.slice(0, ON_PHONE_BAR), shown.slice(ON_PHONE_BAR)];

  // A wall has nobody at its keys: it is the page and nothing around it.
  if (here.pathname === '/wall')
    return (
      <ActingProvider>
        <LinkBanner />
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </ActingProvider>
    );
  return (
    <ActingProvider>
      <div className={css.shell}>
        <a className={css.skip} href="#page">
          {t('shell.skip')}
        </a>
        <nav className={css.rail} aria-label={t('shell.nav.label')}>
          <Link to="/" className={css.brand} aria-label={t('shell.brand')}>
            <img src="/icon.svg" alt="" width={36} height={36} />
          </Link>
          {shown.map(({ name, to, icon: Icon }) => (
            <Link
              key={name}
              to={to}
              className={css.entry}
              data-last={name === 'account' || undefined}
              aria-current={isHere(to) ? 'page' : undefined}
            >
              <Icon size={22} stroke={1.6} aria-hidden />
              <span>{t(`shell.nav.${name}`)}</span>
              {name === 'commands' && <RunningCount />}
              {name === 'alerts' && <AlertCount />}
            </Link>
          ))}
        </nav>
        <main id="page" className={css.page} tabIndex={-1}>
          {!shutOut && <LinkBanner />}
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </main>
        <BatchDock />
        <nav className={css.bar} aria-label={t('shell.nav.label')}>
          {onBar.map(({ name, to, icon: Icon }) => (
            <Link key={name} to={to} className={css.entry} aria-current={isHere(to) ? 'page' : undefined}>
              <Icon size={22} stroke={1.6} aria-hidden />
              <span>{t(`shell.nav.${name}`)}</span>
              {name === 'commands' && <RunningCount />}
              {name === 'alerts' && <AlertCount />}
            </Link>
          ))}
          <Menu position="top-end" width={220} shadow="md">
            <Menu.Target>
              <UnstyledButton
                className={css.entry}
                aria-current={inMenu.some(({ to }) => isHere(to)) ? 'page' : undefined}
              >
                <IconDots size={22} stroke={1.6} aria-hidden />
                <span>{t('shell.nav.more')}</span>
              </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
              {inMenu.map(({ name, to, icon: Icon }) => (
                <Menu.Item key={name} component={Link} to={to} leftSection={<Icon size={18} stroke={1.6} />}>
                  {t(`shell.nav.${name}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </nav>
      </div>
      <Suspense>
        {over === 'palette' && <Palette onClose={() => setOver(undefined)} onKeys={open.keys} />}
        {over === 'keys' && <KeyMapDialog onClose={() => setOver(undefined)} />}
      </Suspense>
    </ActingProvider>
  );
}
