import { PasswordInput, TextInput } from '@mantine/core';
import { type Member, type Role, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWords } from '../../words/words.ts';
import { RoleChecks } from './role-checks.tsx';

interface MemberDialogProps {
  /** None while one is added. */
  member: Member | undefined;
  onClose(): void;
  onSaved(): Promise<unknown>;
}

/** Adds a member, or changes one's roles. Only an owner makes or unmakes an owner. */
export function MemberDialog({ member, onClose, onSaved }: MemberDialogProps) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [roles, setRoles] = useState<Role[]>(member?.roles ?? ['operator']);
  const save = async () => {
    if (member) await api.call(routes.changeMember, { params: { member: member.id }, body: { roles } });
    else
      await api.call(routes.addMember, {
        body: { name, email: email.trim(), roles, ...(password && { password }) },
      });
    await onSaved();
  };
  const { attempt, busy, refusal } = useAttempt(save, onClose);
  return (
    <FormDialog
      title={member ? t('members.rolesOf', { name: member.name }) : t('members.add')}
      action={member ? t('shell.do.save') : t('shell.do.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={roles.length === 0}
      refusal={refusal}
    >
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
      <RoleChecks value={roles} onChange={setRoles} />
    </FormDialog>
  );
}
