import { Button, Switch } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type Webhook } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { tellRefused } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { webhooksQuery } from './alert-lists.ts';
import { AlertTabs } from './alert-tabs.tsx';
import css from './alerts.module.css';
import { SeverityMark } from './severity-mark.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** Where alerts are sent besides to people. */
export function WebhooksPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  // Whether deliveries succeed comes with no live message.
  const { data: webhooks, error } = useQuery({ ...webhooksQuery, refetchInterval: 10_000 });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Webhook>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  const turn = async (webhook: Webhook, enabled: boolean) => {
    await api
      .call(routes.changeWebhook, { params: { webhook: webhook.id }, body: { enabled } })
      .catch((failure: unknown) => tellRefused(textOf(failure)));
    await refresh();
  };
  const remove = async (webhook: Webhook) => {
    await api.call(routes.removeWebhook, { params: { webhook: webhook.id } });
    await refresh();
  };
  return (
    <>
      <PageHead title={t('webhooks.title')} text={t('webhooks.lead')}>
        <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
          {t('webhooks.add')}
        </Button>
      </PageHead>
      <AlertTabs />
      {error && !webhooks && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!webhooks && !error && <PageLoading />}
      {webhooks?.length === 0 && (
        <EmptyState
          icon={<IconWebhook size={28} />}
          title={t('webhooks.none')}
          text={t('webhooks.noneText')}
        />
      )}
      <ul className={css.list}>
        {webhooks?.map((webhook) => (
          <li key={webhook.id}>
            <article className={css.rule} data-off={!webhook.enabled || undefined}>
              <div>
                <h3>
                  {webhook.name} <SeverityMark severity={webhook.minimum} />
                </h3>
                <p className={css.address}>{webhook.url}</p>
                <p>
                  {t('webhooks.lastSent')}: <Age at={webhook.lastSent} />
                </p>
                {webhook.problem !== null && (
                  <p className={css.refusal}>{t('webhooks.problem', { reason: webhook.problem })}</p>
                )}
              </div>
              <div className={css.actions}>
                <Switch
                  checked={webhook.enabled}
                  aria-label={t('webhooks.switch', { name: webhook.name })}
                  onChange={(event) => void turn(webhook, event.currentTarget.checked)}
                />
                <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(webhook)}>
                  {t('shell.do.remove')}
                </Button>
              </div>
            </article>
          </li>
        ))}
      </ul>
      {adding && <WebhookDialog onClose={() => setAdding(false)} onAdded={refresh} />}
      <ConfirmAction
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('webhooks.removeTitle', { name: removing?.name ?? '' })}
        action={t('shell.do.remove')}
        danger
        onConfirm={() => removing && remove(removing)}
      >
        <p>{t('webhooks.removeText')}</p>
      </ConfirmAction>
    </>
  );
}
