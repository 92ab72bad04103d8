import { CopyField } from '../../ui/copy-field.tsx';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

/** Recovery codes, which are shown this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useWords();
  return (
    <div className={css.secret} role="status">
      <p>{t('account.secondFactor.codesOnce')}</p>
      <CopyField value={codes.join('\n')} label={t('account.secondFactor.codes')} />
    </div>
  );
}
