import { useSyncExternalStore } from 'react';
import { commands } from '../live/live.ts';
import { useWords } from '../words/words.ts';
import css from './running-count.module.css';

/** How many commands are under way, at the section that lists them. */
export function RunningCount() {
  const { t } = useWords();
  const count = useSyncExternalStore(
    (listener) => commands.subscribe('all', listener),
    () => commands.unfinished().length,
  );
  if (count === 0) return null;
  return (
    <span className={css.count}>
      <span aria-hidden>{count}</span>
      <span className={css.hidden}>{t('command.running', { count })}</span>
    </span>
  );
}
