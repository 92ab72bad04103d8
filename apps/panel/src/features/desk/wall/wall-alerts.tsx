import { useQuery } from '@tanstack/react-query';
import { AlertSeverity, routes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { Age } from '../../../ui/age.tsx';
import { useWords } from '../../../words/words.ts';
import css from './wall.module.css';

/** As many as can be read from afar. */
const SHOWN = 8;

const badness = (severity: AlertSeverity) => -AlertSeverity.options.indexOf(severity);

/** What nobody has taken on yet, the worst first. */
export function WallAlerts() {
  const { t, say } = useWords();
  const { data } = useQuery({
    queryKey: ['alerts', 'wall'],
    queryFn: () => api.call(routes.listAlerts, { query: { state: 'open', limit: 100 } }),
  });
  const alerts = (data?.items ?? []).toSorted((a, b) => badness(a.severity) - badness(b.severity));
  // The room is the things', then.
  if (alerts.length === 0) return null;
  return (
    <aside className={css.aside} aria-label={t('wall.alerts')}>
      <h2 className={css.alertsTitle}>
        {t('wall.alerts')} <b>{alerts.length}</b>
      </h2>
      <ul className={css.alerts} aria-live="polite">
        {alerts.slice(0, SHOWN).map(({ id, severity, title, subject, since }) => (
          <li key={id} data-severity={severity}>
            <strong>{say(title)}</strong>
            <span>{subject.name}</span>
            <Age at={since} />
          </li>
        ))}
      </ul>
      {alerts.length > SHOWN && (
        <p className={css.more}>{t('wall.andMore', { count: alerts.length - SHOWN })}</p>
      )}
    </aside>
  );
}
