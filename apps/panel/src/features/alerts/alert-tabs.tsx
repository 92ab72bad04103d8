import { Link, useRouterState } from '@tanstack/react-router';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';

const tabs = [
  { to: '/alerts', name: 'centre' },
  { to: '/alerts/rules', name: 'rules' },
  { to: '/alerts/maintenance', name: 'maintenance' },
] as const;

/** The three pages of alerts. */
export function AlertTabs() {
  const { t } = useWords();
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className={css.tabs} aria-label={t('alerts.tabs.label')}>
      {tabs.map(({ to, name }) => (
        <Link key={to} to={to} aria-current={here === to ? 'page' : undefined}>
          {t(`alerts.tabs.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
