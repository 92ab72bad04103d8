import { Button, Select } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type AuditEntry, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { serverNow } from '../../app/server-time.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatFullInstant, formatInstant } from '../../ui/format/time.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './audit-page.module.css';
import { useAuditWords } from './audit-words.ts';

const kinds = [
  'command.',
  'alert.',
  'alert_rule.',
  'maintenance.',
  'webhook.',
  'thing.',
  'agent.',
  'member.',
  'invitation.',
  'session.',
  'password.',
  'second_factor.',
  'passkey.',
  'token.',
  'site.',
  'group.',
  'desk.',
] as const;
const PAGE = 80;

/** Who did what and when, newest first; each entry sealed into a chain that shows a later change. */
export function AuditPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const [kind, setKind] = useState<string | null>(null);
  const [subject, setSubject] = useState<{ id: string; name: string }>();
  const [actor, setActor] = useState<{ id: string; name: string }>();
  const audit = useInfiniteQuery({
    queryKey: ['audit', kind, subject?.id, actor?.id],
    queryFn: ({ pageParam }) =>
      api.call(routes.listAudit, {
        query: {
          limit: PAGE,
          ...(kind && { action: kind }),
          ...(subject && { subject: subject.id }),
          ...(actor && { actor: actor.id }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
  });
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('audit.title')} text={t('audit.lead')}>
        <Select
          aria-label={t('audit.kind')}
          placeholder={t('audit.every')}
          clearable
          data={kinds.map((value) => ({ value, label: t(`audit.about.${kindName(value)}`) }))}
          value={kind}
          onChange={setKind}
        />
      </PageHead>
      {(subject || actor) && (
        <div className={css.filters}>
          {subject && (
            <Button size="compact-sm" variant="light" onClick={() => setSubject(undefined)}>
              {t('audit.onlySubject', { name: subject.name })} ✕
            </Button>
          )}
          {actor && (
            <Button size="compact-sm" variant="light" onClick={() => setActor(undefined)}>
              {t('audit.onlyActor', { name: actor.name })} ✕
            </Button>
          )}
        </div>
      )}
      {audit.error && <EmptyState title={t('shell.failedToLoad')} text={textOf(audit.error)} />}
      {audit.isPending && <PageLoading />}
      {audit.isSuccess && entries.length === 0 && (
        <EmptyState
          icon={<IconShieldCheck size={28} />}
          title={t('audit.empty')}
          text={t('audit.emptyText')}
        />
      )}
      <ul className={css.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <AuditRow entry={entry} onSubject={setSubject} onActor={setActor} />
          </li>
        ))}
      </ul>
      {audit.hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            loading={audit.isFetchingNextPage}
            onClick={() => void audit.fetchNextPage()}
          >
            {t('shell.do.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}

const kindName = <Kind extends string>(kind: `${Kind}.`): Kind => kind.slice(0, -1) as Kind;

interface AuditRowProps {
  entry: AuditEntry;
  onSubject(subject: { id: string; name: string }): void;
  onActor(actor: { id: string; name: string }): void;
}

function AuditRow({ entry, onSubject, onActor }: AuditRowProps) {
  const { t, language } = useWords();
  const { whatOf, detailOf } = useAuditWords();
  const at = Date.parse(entry.at);
  const { actor, subject } = entry;
  const actorName = actor.name ?? t(`audit.actor.${actor.kind}`);
  const detail = detailOf(entry);
  return (
    <div className={css.row}>
      <time className={css.time} dateTime={entry.at} title={formatFullInstant(at, language)}>
        {formatInstant(at, serverNow(), language)}
      </time>
      <div className={css.words}>
        {actor.id ? (
          <button
            type="button"
            className={css.who}
            onClick={() => onActor({ id: actor.id ?? '', name: actorName })}
          >
            {actorName}
          </button>
        ) : (
          <span className={css.who}>{actorName}</span>
        )}
        <span>{whatOf(entry)}</span>
        {subject?.name && (
          <button
            type="button"
            className={css.who}
            onClick={() => onSubject({ id: subject.id, name: subject.name ?? '' })}
          >
            {subject.name}
          </button>
        )}
        {subject?.kind === 'member' && !subject.name && <span>{t('audit.formerMember')}</span>}
        {detail && <span className={css.detail}>{detail}</span>}
      </div>
      <span
        className={css.seal}
        title={t(entry.position === null ? 'audit.unsealedTitle' : 'audit.sealedTitle')}
      >
        {entry.position === null ? (
          t('audit.unsealed')
        ) : (
          <>
            <IconShieldCheck size={15} aria-hidden /> {t('audit.sealed', { position: entry.position })}
          </>
        )}
      </span>
    </div>
  );
}
