import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { NotificationSettings, notificationSettings, type OwnNotifications, routes } from '@vakhta/api';
import type { SchemaViolation } from '@vakhta/things';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { tellDone } from '../../ui/notify.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { checkDraft, type Draft, draftOf } from '../../ui/schema-form/draft.ts';
import { SchemaFields } from '../../ui/schema-form/schema-fields.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

const notificationsQuery = {
  queryKey: ['notifications'],
  queryFn: (): Promise<OwnNotifications> => api.call(routes.getNotifications),
};

const timeZones = Intl.supportedValuesOf('timeZone');

/** How the person is told of alerts when no panel is open. */
export function NotificationForm() {
  const { data } = useQuery(notificationsQuery);
  const { t } = useWords();
  if (!data) return null;
  const { mail, settings } = data;
  return (
    <>
      {!mail.configured && <p className={css.empty}>{t('account.notifications.noMail')}</p>}
      {mail.configured && (
        <p className={css.roles}>{t('account.notifications.address', { address: mail.address })}</p>
      )}
      {mail.problem !== null && (
        <p className={css.problem} role="alert">
          {t('account.notifications.problem', { reason: mail.problem })}
        </p>
      )}
      <SettingsForm settings={settings} />
    </>
  );
}

function SettingsForm({ settings }: { settings: NotificationSettings }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(notificationSettings, settings));
  const [violations, setViolations] = useState<ReadonlyMap<string, SchemaViolation>>(new Map());
  const save = useMutation({
    mutationFn: (body: NotificationSettings) => api.call(routes.setNotifications, { body }),
    onSuccess: (answer) => {
      queryClient.setQueryData(notificationsQuery.queryKey, answer);
      tellDone(t('shell.saved'));
    },
  });
  const submit = () => {
    const checked = checkDraft(notificationSettings, draft);
    setViolations(checked.ok ? new Map() : checked.violations);
    if (!checked.ok) return;
    const whole = NotificationSettings.safeParse(checked.value);
    if (whole.success) save.mutate(whole.data);
    // The one rule about two fields: both ends of the quiet hours or neither.
    else
      setViolations(
        new Map(
          (['quietFrom', 'quietUntil'] as const)
            .filter((field) => checked.value[field] === undefined)
            .map((field) => [field, { field, rule: 'required', message: 'is required' }]),
        ),
      );
  };
  return (
    <PlainForm className={css.form} onSubmit={submit}>
      <SchemaFields
        schema={notificationSettings}
        draft={draft}
        onChange={setDraft}
        violations={violations}
        readings={{ timeZones }}
      />
      {save.error && (
        <p className={css.problem} role="alert">
          {textOf(save.error)}
        </p>
      )}
      <Button type="submit" loading={save.isPending}>
        {t('shell.do.save')}
      </Button>
    </PlainForm>
  );
}
