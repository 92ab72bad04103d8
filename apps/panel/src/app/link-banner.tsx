import { IconPlugConnectedX } from '@tabler/icons-react';
import { useLink } from '../live/use-live.ts';
import { useWords } from '../words/words.ts';
import css from './link-banner.module.css';

/** Says so when the live socket is down: everything on the screen is then only as fresh as its age tells. */
export function LinkBanner() {
  const { t } = useWords();
  const state = useLink();
  return (
    <div role="status">
      {state === 'waiting' && (
        <p className={css.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          {t('shell.link.waiting')}
        </p>
      )}
    </div>
  );
}
