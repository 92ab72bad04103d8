import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Enrolment, routes } from '@vakhta/api';
import { type ReactNode, useState } from 'react';
import { api } from '../../app/api.ts';
import { agentsQuery, sitesQuery, thingsQuery } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { EnrolDialog } from '../agents/enrol-dialog.tsx';
import { NameDialog } from '../sites/name-dialog.tsx';
import css from './welcome-page.module.css';

/** The first steps of a new desk, each done when it is seen to be: nothing is remembered, everything is looked at. */
export function WelcomePage() {
  const { t } = useWords();
  const may = useMay();
  const queryClient = useQueryClient();
  const { data: sites } = useQuery(sitesQuery);
  // How an agent comes in is told by no live message of its own.
  const { data: agents } = useQuery({ ...agentsQuery, refetchInterval: 3000 });
  const { data: things } = useQuery(thingsQuery);
  const [naming, setNaming] = useState(false);
  const [enrolling, setEnrolling] = useState<Enrolment | 'new'>();
  if (!sites || !agents || !things) return <PageLoading />;
  const hasSite = sites.length > 0;
  const isConnected = agents.some(({ online }) => online);
  const hasThing = things.length > 0;
  const addSite = async (name: string, timeZone: string) => {
    await api.call(routes.createSite, { body: { name, timeZone } });
    await queryClient.invalidateQueries({ queryKey: ['sites'] });
  };
  return (
    <>
      <PageHead title={t('setUp.welcome')} text={t('setUp.welcomeText')} />
      <ol className={css.steps}>
        <Step done title={t('setUp.owner.title')} text={t('setUp.owner.text')} />
        <Step done={hasSite} title={t('setUp.site.title')} text={t('setUp.site.text')}>
          {!hasSite && may('sites.manage') && (
            <Button onClick={() => setNaming(true)}>{t('sites.addSite')}</Button>
          )}
        </Step>
        <Step done={isConnected} title={t('setUp.agent.title')} text={t('setUp.agent.text')}>
          {hasSite &&
            !isConnected &&
            may('agents.manage') &&
            (agents.length === 0 ? (
              <Button onClick={() => setEnrolling('new')}>{t('agents.enrol')}</Button>
            ) : (
              <LinkButton to="/agents" variant="default">
                {t('setUp.agent.look')}
              </LinkButton>
            ))}
        </Step>
        <Step done={hasThing} title={t('setUp.thing.title')} text={t('setUp.thing.text')}>
          {isConnected && !hasThing && may('things.manage') && (
            <LinkButton to="/things/new">{t('desk.addThing')}</LinkButton>
          )}
        </Step>
      </ol>
      <div className={css.end}>
        <LinkButton to="/" variant={hasThing ? 'filled' : 'default'}>
          {hasThing ? t('setUp.open') : t('setUp.later')}
        </LinkButton>
      </div>
      {naming && (
        <NameDialog
          title={t('sites.addSite')}
          action={t('shell.do.add')}
          timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
          onClose={() => setNaming(false)}
          onSave={addSite}
        />
      )}
      {enrolling && (
        <EnrolDialog
          given={enrolling === 'new' ? undefined : enrolling}
          onClose={() => setEnrolling(undefined)}
        />
      )}
    </>
  );
}

interface StepProps {
  done: boolean;
  title: string;
  text: string;
  /** What does it, while it is its turn. */
  children?: ReactNode;
}

function Step({ done, title, text, children }: StepProps) {
  const { t } = useWords();
  return (
    <li className={css.step} data-done={done || undefined}>
      <span className={css.mark}>{done && <IconCheck size={18} aria-label={t('setUp.done')} />}</span>
      <div>
        <h2 className={css.title}>{title}</h2>
        <p className={css.text}>{text}</p>
        {children}
      </div>
    </li>
  );
}
