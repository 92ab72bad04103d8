import { Link, useRouterState } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';

const tabs = [
  { to: '/alerts', name: 'centre', needs: 'alerts.view' },
  { to: '/alerts/rules', name: 'rules', needs: 'alerts.view' },
  { to: '/alerts/maintenance', name: 'maintenance', needs: 'alerts.view' },
  { to: '/alerts/webhooks', name: 'webhooks', needs: 'alerts.manage' },
] as const;

/** The pages of alerts that the person may see. */
export function AlertTabs() {
  const { t } = useWords();
  const may = useMay();
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className={css.tabs} aria-label={t('alerts.tabs.label')}>
      {tabs
        .filter(({ needs }) => may(needs))
        .map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true }}
            aria-current={here === to ? 'page' : undefined}
          >
            {t(`alerts.tabs.${name}`)}
          </Link>
        ))}
    </nav>
  );
}
