import { Button } from '@mantine/core';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Enrolment } from '@vakhta/api';
import { useState } from 'react';
import { agentsQuery } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { AgentCard } from './agent-card.tsx';
import css from './agents-page.module.css';
import { EnrolDialog } from './enrol-dialog.tsx';

/** The agents beside the machines, how they are, and how to bring in another. */
export function AgentsPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const manages = useMay()('agents.manage');
  // Health comes with no live message of its own.
  const { data: agents, error } = useQuery({ ...agentsQuery, refetchInterval: 5000 });
  const [enrolling, setEnrolling] = useState<Enrolment | 'new'>();
  if (error && !agents) return <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />;
  if (!agents) return <PageLoading />;
  const enrol = manages && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEnrolling('new')}>
      {t('agents.enrol')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('agents.title')} text={t('agents.lead')}>
        {agents.length > 0 && enrol}
      </PageHead>
      {agents.length === 0 && (
        <EmptyState
          icon={<IconServer2 size={28} />}
          title={t('agents.empty.title')}
          text={t('agents.empty.text')}
        >
          {enrol}
        </EmptyState>
      )}
      <div className={css.grid}>
        {agents.map((agent) => (
          <AgentCard key={agent.id} agent={agent} manages={manages} onRenewed={setEnrolling} />
        ))}
      </div>
      {enrolling && (
        <EnrolDialog
          given={enrolling === 'new' ? undefined : enrolling}
          onClose={() => setEnrolling(undefined)}
        />
      )}
    </>
  );
}
