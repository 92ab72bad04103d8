import { useWords } from '../words/words.ts';
import css from './alert-count.module.css';
import { useAlertCounts } from './alert-news.ts';

/** How many alerts nobody is on, at the section that lists them. */
export function AlertCount() {
  const { t } = useWords();
  const counts = useAlertCounts(true);
  const count = counts ? counts.notice + counts.warning + counts.critical : 0;
  if (!counts || count === 0) return null;
  const worst = counts.critical > 0 ? 'critical' : counts.warning > 0 ? 'warning' : 'notice';
  return (
    <span className={css.count} data-severity={worst}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className={css.hidden}>{t('alerts.open', { count })}</span>
    </span>
  );
}
