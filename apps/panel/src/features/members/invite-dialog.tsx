import { Button, Checkbox, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type InvitationMade, Role, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useSession } from '../../app/session.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { tellDone } from '../../ui/notify.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { type Language, languages, useWords } from '../../words/words.ts';
import { InvitationLink } from './invitation-link.tsx';
import css from './members-page.module.css';

/** Invites somebody by mail; where the server sends none, shows the link to hand over. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const { t, language } = useWords();
  const queryClient = useQueryClient();
  const isOwner = useSession().membership?.roles.includes('owner') === true;
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<string[]>(['operator']);
  const [theirs, setTheirs] = useState<Language>(language);
  const [made, setMade] = useState<InvitationMade>();
  const invite = async () => {
    const invitation = await api.call(routes.invite, {
      body: {
        email: email.trim(),
        roles: Role.options.filter((role) => roles.includes(role)),
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
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t('members.invite.title')}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      {made?.link ? (
        <InvitationLink email={made.email} link={made.link} onClose={onClose} />
      ) : (
        <PlainForm className={css.form} onSubmit={attempt}>
          <TextInput
            label={t('signIn.email')}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
            withAsterisk={false}
            data-autofocus
          />
          <Checkbox.Group label={t('members.roles')} value={roles} onChange={setRoles}>
            <div className={css.checks}>
              {Role.options.map((role) => (
                <Checkbox
                  key={role}
                  value={role}
                  label={t(`shell.role.${role}`)}
                  description={t(`members.about.${role}`)}
                  disabled={role === 'owner' && !isOwner}
                />
              ))}
            </div>
          </Checkbox.Group>
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
          {refusal && (
            <p className={css.refusal} role="alert">
              {refusal}
            </p>
          )}
          <div className={css.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('shell.do.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={roles.length === 0}>
              {t('members.invite.action')}
            </Button>
          </div>
        </PlainForm>
      )}
    </Modal>
  );
}
