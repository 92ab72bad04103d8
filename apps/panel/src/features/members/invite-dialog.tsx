import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type InvitationMade, type Role, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { tellDone } from '../../ui/notify.ts';
import { type Language, languages, useWords } from '../../words/words.ts';
import { InvitationLink } from './invitation-link.tsx';
import css from './members-page.module.css';
import { RoleChecks } from './role-checks.tsx';

/** Invites somebody by mail; where the server sends none, shows the link to hand over. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const { t, language } = useWords();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<Role[]>(['operator']);
  const [theirs, setTheirs] = useState<Language>(language);
  const [made, setMade] = useState<InvitationMade>();
  const invite = async () => {
    const invitation = await api.call(routes.invite, {
      body: {
        email: email.trim(),
        roles,
        language: theirs,
      },
    });
    await queryClient.invalidateQueries({ queryKey: ['invitations'] });
    if (invitation.link) setMade(invitation);
    else {
      tellDone(t('members.invite.mailed', { email: invitation.email }));
      onClose();
    }
  };
  const { attempt, busy, refusal } = useAttempt(invite, () => undefined);
  if (made?.link)
    return (
      <Modal
        opened
        onClose={onClose}
        centered
        title={t('members.invite.title')}
        closeButtonProps={{ 'aria-label': t('shell.do.close') }}
      >
        <InvitationLink email={made.email} link={made.link} onClose={onClose} />
      </Modal>
    );
  return (
    <FormDialog
      title={t('members.invite.title')}
      action={t('members.invite.action')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={roles.length === 0}
      refusal={refusal}
    >
      <TextInput
        label={t('signIn.email')}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
      />
      <RoleChecks value={roles} onChange={setRoles} />
      <div>
        <p className={css.label} id="invite-language">
          {t('members.invite.language')}
        </p>
        <SegmentedControl
          aria-labelledby="invite-language"
          value={theirs}
          onChange={(value) => setTheirs(value as Language)}
          data={languages.map((value) => ({ value, label: t(`shell.language.${value}`) }))}
        />
      </div>
    </FormDialog>
  );
}
