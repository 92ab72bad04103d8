import { Button } from '@mantine/core';
import { IconMailForward, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Member, type Permission, permissions, Role, rolePermissions, routes } from '@vakhta/api';
import { everyItem } from '@vakhta/sdk';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay, useSession } from '../../app/session.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { tellDone } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberDialog } from './member-dialog.tsx';
import css from './members-page.module.css';

/** Who belongs to the organisation and what each role may do. */
export function MembersPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const manages = useMay()('members.manage');
  const { session, membership } = useSession();
  const isOwner = membership?.roles.includes('owner') === true;
  const queryClient = useQueryClient();
  const { data: members, error } = useQuery({
    queryKey: ['members'],
    queryFn: () => everyItem((query) => api.call(routes.listMembers, { query })),
  });
  const [editing, setEditing] = useState<Member | 'new'>();
  const [removing, setRemoving] = useState<Member>();
  const [forgetting, setForgetting] = useState<Member>();
  const [inviting, setInviting] = useState(false);
  const remove = async (member: Member) => {
    await api.call(routes.removeMember, { params: { member: member.id } });
    await queryClient.invalidateQueries({ queryKey: ['members'] });
    tellDone(t('members.removed', { name: member.name }));
  };
  const forget = async (member: Member) => {
    const { erased } = await api.call(routes.forgetMember, { params: { member: member.id } });
    await queryClient.invalidateQueries({ queryKey: ['members'] });
    tellDone(t(erased ? 'members.forget.done' : 'members.forget.elsewhere'));
  };
  if (error && !members) return <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />;
  if (!members) return <PageLoading />;
  return (
    <>
      <PageHead title={t('members.title')} text={t('members.lead')}>
        {manages && (
          <>
            <Button variant="default" leftSection={<IconPlus size={17} />} onClick={() => setEditing('new')}>
              {t('members.add')}
            </Button>
            <Button leftSection={<IconMailForward size={17} />} onClick={() => setInviting(true)}>
              {t('members.invite.action')}
            </Button>
          </>
        )}
      </PageHead>
      <div className={css.parts}>
        <DataTable label={t('members.title')} head={[t('members.person'), t('members.roles'), '']}>
          {members.map((member) => (
            <tr key={member.id}>
              <td>
                <div className={css.name}>
                  {member.name}
                  {member.user === session.user.id && <span> · {t('members.you')}</span>}
                </div>
                <div className={css.email}>{member.email}</div>
              </td>
              <td>{member.roles.map((role) => t(`shell.role.${role}`)).join(', ')}</td>
              <td>
                {manages && (
                  <>
                    <Button size="compact-sm" variant="subtle" onClick={() => setEditing(member)}>
                      {t('members.changeRoles')}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      onClick={() => setRemoving(member)}
                    >
                      {t('shell.do.remove')}
                    </Button>
                    {isOwner && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        onClick={() => setForgetting(member)}
                      >
                        {t('members.forget.action')}
                      </Button>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </DataTable>
        {manages && <Invitations />}
        <PanelSection title={t('members.whatRolesMay')}>
          <RoleTable />
        </PanelSection>
      </div>
      {editing && (
        <MemberDialog
          member={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={() => queryClient.invalidateQueries({ queryKey: ['members'] })}
        />
      )}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('members.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        <p>{t('members.removeText')}</p>
      </ConfirmAction>
      <ConfirmAction
        opened={forgetting !== undefined}
        onClose={() => setForgetting(undefined)}
        title={t('members.forget.title', { name: forgetting?.name ?? '' })}
        action={t('members.forget.action')}
        danger
        onConfirm={() => forgetting && forget(forgetting)}
      >
        <p>{t('members.forget.text')}</p>
      </ConfirmAction>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

/** From the table the server itself decides by. */
function RoleTable() {
  const { t, say } = useWords();
  const verbs = Object.entries(permissions) as [Permission, (typeof permissions)[Permission]][];
  return (
    <div className={css.scroll}>
      <table className={css.roles}>
        <thead>
          <tr>
            <th scope="col">{t('members.may')}</th>
            {Role.options.map((role) => (
              <th key={role} scope="col">
                {t(`shell.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {verbs.map(([permission, words]) => (
            <tr key={permission}>
              <th scope="row">
                {say(words)}
                <small>{say(words.help)}</small>
              </th>
              {Role.options.map((role) => {
                const may = rolePermissions[role].includes(permission);
                return (
                  <td key={role} data-may={may || undefined}>
                    <span aria-hidden>{may ? '✓' : '—'}</span>
                    <span className={css.hidden}>{may ? t('value.yes') : t('value.no')}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
