import { SegmentedControl } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useModels, useThings } from '../../app/directory.ts';
import { useSession } from '../../app/session.ts';
import { isFinal, type KnownCommand } from '../../live/command-store.ts';
import { useRecentCommands } from '../../live/use-live.ts';
import { BatchProgress } from '../../ui/acting/batch-progress.tsx';
import { partOf } from '../../ui/acting/batch-summary.ts';
import { useCommandTitle } from '../../ui/acting/command-title.ts';
import { Age } from '../../ui/age.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { CommandRow } from './command-row.tsx';
import css from './commands-page.module.css';

type Filter = 'all' | 'running' | 'failed' | 'mine';
const filters: readonly Filter[] = ['all', 'running', 'failed', 'mine'];
const MOST = 100;

/** What was asked lately by anybody, group requests as one, with how each fares: what was left can be returned to. */
export function CommandsPage() {
  const { t } = useWords();
  const { session } = useSession();
  const recent = useRecentCommands();
  const [filter, setFilter] = useState<Filter>('all');
  const shown = recent.filter((command) => fits(command, filter, session.user.name));
  const rows = grouped(shown).slice(0, MOST);
  return (
    <>
      <PageHead title={t('command.title')} text={t('command.lead')}>
        <SegmentedControl
          aria-label={t('command.filter.label')}
          value={filter}
          onChange={setFilter}
          data={filters.map((value) => ({ value, label: t(`command.filter.${value}`) }))}
        />
      </PageHead>
      {recent.length === 0 && (
        <EmptyState
          icon={<IconActivity size={28} />}
          title={t('command.empty')}
          text={t('command.emptyText')}
        >
          <LinkButton to="/">{t('command.toDesk')}</LinkButton>
        </EmptyState>
      )}
      {recent.length > 0 && rows.length === 0 && <p className={css.none}>{t('command.none')}</p>}
      <ul className={css.list}>
        {rows.map(({ key, batch, first }) => (
          <li key={key}>
            {batch ? <BatchRow batch={batch} first={first} /> : <CommandRow command={first} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function BatchRow({ batch, first }: { batch: string; first: KnownCommand }) {
  const titleOf = useCommandTitle();
  const models = useModels();
  const things = useThings();
  return (
    <div className={css.batch}>
      <div className={css.batchHead}>
        <Link to="/batches/$batch" params={{ batch }}>
          {titleOf(first, models.get(things.get(first.thing)?.model ?? ''))}
        </Link>
        <span>
          {first.requestedBy && `${first.requestedBy.name} · `}
          <Age at={first.at.requested} />
        </span>
      </div>
      <BatchProgress batch={batch} />
    </div>
  );
}

function fits(command: KnownCommand, filter: Filter, name: string): boolean {
  if (filter === 'running') return !isFinal(command);
  if (filter === 'failed') return ['failed', 'unknown'].includes(partOf(command));
  return filter === 'all' || command.requestedBy === undefined || command.requestedBy.name === name;
}

/** Commands in their order, those of one batch as one row. */
function grouped(commands: readonly KnownCommand[]) {
  const rows = new Map<string, { key: string; batch: string | null; first: KnownCommand }>();
  for (const command of commands) {
    const key = command.batch ?? command.id;
    if (!rows.has(key)) rows.set(key, { key, batch: command.batch, first: command });
  }
  return [...rows.values()];
}
