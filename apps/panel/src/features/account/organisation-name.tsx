import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { sessionQuery } from '../../app/session.ts';
import { tellDone } from '../../ui/notify.ts';
import { PlainForm } from '../../ui/plain-form.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './account-page.module.css';

/** The organisation's name, for those who may change it. */
export function OrganisationName({ name }: { name: string }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(name);
  const rename = useMutation({
    mutationFn: () => api.call(routes.renameOrganisation, { body: { name: draft } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      tellDone(t('shell.saved'));
    },
  });
  return (
    <PlainForm className={css.inline} onSubmit={() => rename.mutate()}>
      <TextInput
        label={t('account.organisation.name')}
        value={draft}
        required
        withAsterisk={false}
        maxLength={120}
        onChange={(event) => setDraft(event.currentTarget.value)}
        error={rename.error && textOf(rename.error)}
      />
      <Button type="submit" variant="default" disabled={draft.trim() === name} loading={rename.isPending}>
        {t('shell.do.rename')}
      </Button>
    </PlainForm>
  );
}
