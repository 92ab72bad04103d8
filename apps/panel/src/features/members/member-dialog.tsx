import { Button, Checkbox, Modal, PasswordInput, TextInput } from '@mantine/core';
import { type Member, Role, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useSession } from '../../app/session.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useWords } from '../../words/words.ts';
import css from './members-page.module.css';

interface MemberDialogProps {
  /** None while one is added. */
  member: Member | undefined;
  onClose(): void;
  onSaved(): Promise<unknown>;
}

/** Adds a member, or changes one's roles. Only an owner makes or unmakes an owner. */
export function MemberDialog({ member, onClose, onSaved }: MemberDialogProps) {
  const { t } = useWords();
  const isOwner = useSession().membership?.roles.includes('owner') === true;
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<string[]>(member?.roles ?? ['operator']);
  const save = async () => {
    const chosen = Role.options.filter((role) => roles.includes(role));
    if (member)
      await api.call(routes.changeMember, { params: { member: member.id }, body: { roles: chosen } });
    else
      await api.call(routes.addMember, {
        body: { name, email: email.trim(), roles: chosen, ...(password && { password }) },
      });
    await onSaved();
  };
  const { attempt, busy, refusal } = useAttempt(save, onClose);
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={member ? t('members.rolesOf', { name: member.name }) : t('members.add')}
      closeButtonProps={{ 'aria-label': t('shell.do.close') }}
    >
      <PlainForm className={css.form} onSubmit={attempt}>
        {!member && (
          <>
            <TextInput
              label={t('members.name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={120}
              data-autofocus
            />
            <TextInput
              label={t('signIn.email')}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <PasswordInput
              label={t('members.password')}
              description={t('members.passwordHint')}
              autoComplete="new-password"
              minLength={10}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        )}
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
            {member ? t('shell.do.save') : t('shell.do.add')}
          </Button>
        </div>
      </PlainForm>
    </Modal>
  );
}
