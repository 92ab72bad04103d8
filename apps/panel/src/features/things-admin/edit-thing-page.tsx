import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { agentsQuery, groupsQuery, modelsQuery, sitesQuery } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { selection } from '../../app/selection.ts';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { tellDone } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { thingQuery } from '../thing/thing-query.ts';
import { ThingForm, type ThingFormValue } from './thing-form.tsx';

/** Changes or removes a thing. */
export function EditThingPage() {
  const { t } = useWords();
  const { thing: id } = useParams({ from: '/signed-in/things/$thing/edit' });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data: thing } = useQuery(thingQuery(id));
  const lists = [useQuery(agentsQuery), useQuery(groupsQuery), useQuery(modelsQuery), useQuery(sitesQuery)];
  const [removing, setRemoving] = useState(false);
  if (!thing || lists.some(({ isPending }) => isPending)) return <PageLoading />;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['things'] });
  const back = () => void navigate({ to: '/things/$thing', params: { thing: id } });
  const save = async ({ name, agent, site, groups, configuration }: ThingFormValue) => {
    await api.call(routes.changeThing, {
      params: { thing: id },
      body: { name, agent, site, groups, configuration },
    });
    await refresh();
    tellDone(t('shell.saved'));
    back();
  };
  const remove = async () => {
    await api.call(routes.removeThing, { params: { thing: id } });
    selection.set([...selection.get()].filter((each) => each !== id));
    await navigate({ to: '/' });
    await refresh();
    tellDone(t('admin.removed', { name: thing.name }));
  };
  return (
    <>
      <PageHead title={t('admin.editTitle', { name: thing.name })}>
        <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
          {t('shell.do.remove')}
        </Button>
      </PageHead>
      <ThingForm thing={thing} submit={t('shell.do.save')} onSubmit={save} onCancel={back} />
      <ConfirmAction
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('admin.removeTitle', { name: thing.name })}
        action={t('shell.do.remove')}
        danger
        onConfirm={remove}
      >
        <p>{t('admin.removeText')}</p>
      </ConfirmAction>
    </>
  );
}
