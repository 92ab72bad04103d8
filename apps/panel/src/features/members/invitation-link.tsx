import { Button } from '@mantine/core';
import { CopyField } from '../../ui/copy-field.tsx';
import { useWords } from '../../words/words.ts';
import css from './members-page.module.css';

/** The link of an invitation that no mail carries. */
export function InvitationLink({ email, link, onClose }: { email: string; link: string; onClose(): void }) {
  const { t } = useWords();
  return (
    <div className={css.form}>
      <p className={css.step}>{t('members.invite.handOver', { email })}</p>
      <CopyField value={link} label={t('members.invite.link')} />
      <div className={css.buttons}>
        <Button onClick={onClose}>{t('shell.do.close')}</Button>
      </div>
    </div>
  );
}
