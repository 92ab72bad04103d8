import { Loader } from '@mantine/core';
import { useWords } from '../words/words.ts';
import css from './page-loading.module.css';

/** Shown while a page or its data is on the way; appears late, so that what comes at once does not flicker. */
export function PageLoading() {
  const { t } = useWords();
  return (
    <div className={css.wait} role="status">
      <Loader size="sm" color="gray" aria-hidden />
      <span>{t('shell.loading')}</span>
    </div>
  );
}
