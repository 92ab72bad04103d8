import { IconServer2 } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { agentsQuery, modelsQuery } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { tellDone } from '../../ui/notify.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { ThingForm, type ThingFormValue } from './thing-form.tsx';

/** Adds a thing and opens its page. */
export function AddThingPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const router = useRouter();
  const queryClient = useQueryClient();
  const agents = useQuery(agentsQuery);
  const models = useQuery(modelsQuery);
  const add = async (value: ThingFormValue) => {
    const thing = await api.call(routes.createThing, { body: value });
    await queryClient.invalidateQueries({ queryKey: ['things'] });
    tellDone(t('admin.added', { name: thing.name }));
    await navigate({ to: '/things/$thing', params: { thing: thing.id } });
  };
  if (!agents.data || !models.data) return <PageLoading />;
  const missing = agents.data.length === 0 ? 'needAgent' : models.data.length === 0 ? 'needModel' : undefined;
  return (
    <>
      <PageHead title={t('admin.addTitle')} text={t('admin.addLead')} />
      {missing ? (
        <EmptyState
          icon={<IconServer2 size={28} />}
          title={t(`admin.${missing}.title`)}
          text={t(`admin.${missing}.text`)}
        >
          <LinkButton to="/agents">{t(`admin.${missing}.action`)}</LinkButton>
        </EmptyState>
      ) : (
        <ThingForm submit={t('admin.submitAdd')} onSubmit={add} onCancel={() => router.history.back()} />
      )}
    </>
  );
}
