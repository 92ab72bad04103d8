import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Invitation, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { tellDone, tellRefused } from '../../ui/notify.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { InvitationLink } from './invitation-link.tsx';
import css from './members-page.module.css';

/** Who was asked to join and has not yet; nothing where there is nobody. */
export function Invitations() {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const { data: invitations = [] } = useQuery({
    queryKey: ['invitations'],
    queryFn: async (): Promise<Invitation[]> => (await api.call(routes.listInvitations)).items,
  });
  const [withdrawing, setWithdrawing] = useState<Invitation>();
  const [handing, setHanding] = useState<{ email: string; link: string }>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['invitations'] });
  const renew = useMutation({
    mutationFn: ({ id }: Invitation) => api.call(routes.renewInvitation, { params: { invitation: id } }),
    onSuccess: ({ email, link }) => {
      if (link) setHanding({ email, link });
      else tellDone(t('members.invite.mailed', { email }));
      return refresh();
    },
    onError: (error) => tellRefused(textOf(error)),
  });
  const withdraw = async ({ id }: Invitation) => {
    await api.call(routes.withdrawInvitation, { params: { invitation: id } });
    await refresh();
    tellDone(t('members.invite.withdrawn'));
  };
  if (invitations.length === 0) return null;
  return (
    <>
      <h2 className={css.heading}>{t('members.invite.list')}</h2>
      <DataTable
        label={t('members.invite.list')}
        head={[t('members.person'), t('members.roles'), t('members.invite.state'), '']}
      >
        {invitations.map((invitation) => (
          <tr key={invitation.id}>
            <td className={css.name}>{invitation.email}</td>
            <td>{invitation.roles.map((role) => t(`shell.role.${role}`)).join(', ')}</td>
            <td>
              <InvitationState invitation={invitation} />
            </td>
            <td>
              <Button
                size="compact-sm"
                variant="subtle"
                loading={renew.isPending && renew.variables.id === invitation.id}
                onClick={() => renew.mutate(invitation)}
              >
                {t('members.invite.again')}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => setWithdrawing(invitation)}
              >
                {t('members.invite.withdraw')}
              </Button>
            </td>
          </tr>
        ))}
      </DataTable>
      <ConfirmAction
        opened={withdrawing !== undefined}
        onClose={() => setWithdrawing(undefined)}
        title={t('members.invite.withdrawTitle', { email: withdrawing?.email ?? '' })}
        action={t('members.invite.withdraw')}
        danger
        onConfirm={() => withdrawing && withdraw(withdrawing)}
      >
        <p>{t('members.invite.withdrawText')}</p>
      </ConfirmAction>
      <Modal
        opened={handing !== undefined}
        onClose={() => setHanding(undefined)}
        centered
        title={t('members.invite.title')}
        closeButtonProps={{ 'aria-label': t('shell.do.close') }}
      >
        {handing && <InvitationLink {...handing} onClose={() => setHanding(undefined)} />}
      </Modal>
    </>
  );
}

function InvitationState({ invitation }: { invitation: Invitation }) {
  const { t } = useWords();
  const { expired, mailedAt, mailProblem, createdAt, invitedBy } = invitation;
  return (
    <>
      {expired ? t('members.invite.expired') : t('members.invite.waits')}
      <div className={css.email}>
        {mailProblem ? (
          <span className={css.refusal}>{t('members.invite.problem', { reason: mailProblem })}</span>
        ) : (
          <>
            {mailedAt ? t('members.invite.mailedAt') : t('members.invite.madeAt')}:{' '}
            <Age at={mailedAt ?? createdAt} />
            {invitedBy && ` · ${invitedBy}`}
          </>
        )}
      </div>
    </>
  );
}
