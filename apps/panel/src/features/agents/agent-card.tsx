import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Agent, type Enrolment, routes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useSites, useThings } from '../../app/directory.ts';
import { Age } from '../../ui/age.tsx';
import { ConfirmAction } from '../../ui/confirm-action.tsx';
import { NBSP } from '../../ui/format/time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatBytes, formatDuration, formatNumber } from '../../ui/format/value.ts';
import { Lamp, type LampTone } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';
import css from './agents-page.module.css';

interface AgentCardProps {
  agent: Agent;
  manages: boolean;
  onRenewed(enrolment: Enrolment): void;
}

/** A clock further off than this makes signed orders fail. */
const CLOCK_WORRY = 30_000;
/** Facts this late are no longer what is so. */
const LAG_WORRY = 10_000;

type AgentVerb = 'renew' | 'revoke' | 'remove';

/** One agent: whether it is there, how it is, what its drivers struggle with, and what can be done about it. */
export function AgentCard({ agent, manages, onRenewed }: AgentCardProps) {
  const { t } = useWords();
  const site = useSites().get(agent.site);
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<AgentVerb>();
  const params = { agent: agent.id };
  const verbs: AgentVerb[] = [
    'renew',
    ...(agent.status === 'enrolled' ? (['revoke'] as const) : []),
    ...(agent.things === 0 ? (['remove'] as const) : []),
  ];
  const carryOut = async (verb: AgentVerb) => {
    if (verb === 'renew') onRenewed(await api.call(routes.renewEnrolment, { params }));
    if (verb === 'revoke') await api.call(routes.revokeAgent, { params });
    if (verb === 'remove') await api.call(routes.removeAgent, { params });
    await queryClient.invalidateQueries({ queryKey: ['agents'] });
  };
  const state = stateOf(agent);
  return (
    <article className={css.card}>
      <header className={css.head}>
        <div>
          <h2 className={css.name}>{agent.name}</h2>
          <p className={css.place}>
            {site?.name} · {t('desk.things', { count: agent.things })}
          </p>
        </div>
        <Lamp tone={state.tone} word={t(`agents.state.${state.word}`)} />
      </header>
      <p className={css.seen}>
        {agent.status === 'awaiting' && agent.tokenExpires ? t('agents.awaitingText') : t('agents.lastSeen')}{' '}
        {agent.status !== 'awaiting' && <Age at={agent.lastSeen} />}
      </p>
      {agent.health && <Health agent={agent} health={agent.health} />}
      {agent.software && (
        <p className={css.software}>
          {`Vakhta ${agent.software.version} · Node ${agent.software.node} · ${agent.software.platform} · ${agent.software.host}`}
        </p>
      )}
      {manages && (
        <div className={css.actions}>
          {verbs.map((verb) => (
            <Button
              key={verb}
              size="compact-sm"
              variant="subtle"
              color={verb === 'renew' ? 'accent' : 'red'}
              onClick={() => setAsked(verb)}
            >
              {t(`agents.${verb}.action`)}
            </Button>
          ))}
        </div>
      )}
      {asked && (
        <ConfirmAction
          opened
          onClose={() => setAsked(undefined)}
          title={t(`agents.${asked}.title`, { name: agent.name })}
          action={t(`agents.${asked}.action`)}
          danger={asked !== 'renew' || agent.status === 'enrolled'}
          onConfirm={() => carryOut(asked)}
        >
          <p>{t(`agents.${asked}.text`, { count: agent.things })}</p>
        </ConfirmAction>
      )}
    </article>
  );
}

function stateOf(agent: Agent): { tone: LampTone; word: 'awaiting' | 'revoked' | 'online' | 'offline' } {
  if (agent.status === 'awaiting') return { tone: 'neutral', word: 'awaiting' };
  if (agent.status === 'revoked') return { tone: 'bad', word: 'revoked' };
  return agent.online ? { tone: 'good', word: 'online' } : { tone: 'bad', word: 'offline' };
}

function Health({ agent, health }: { agent: Agent; health: NonNullable<Agent['health']> }) {
  const { t } = useWords();
  const words = useValueWords();
  const things = useThings();
  const bytes = (count: number) => {
    const { text, unit } = formatBytes(count, words);
    return `${text}${NBSP}${unit}`;
  };
  const { outbox } = health;
  const troubled = health.drivers.filter((driver) => driver.state !== 'running');
  const figures: { name: string; text: string; worry?: boolean }[] = [
    {
      name: t('agents.outbox'),
      text: outbox.full ? t('agents.outboxFull') : formatNumber(outbox.waiting, words.language),
      worry: outbox.full || outbox.waiting > outbox.capacity * 0.8,
    },
    {
      name: t('agents.lag'),
      text: agent.lag === null ? words.unknown : formatDuration(agent.lag, words),
      worry: (agent.lag ?? 0) > LAG_WORRY,
    },
    { name: t('agents.memory'), text: bytes(health.memoryBytes) },
    ...(health.diskFreeBytes === undefined
      ? []
      : [{ name: t('agents.disk'), text: bytes(health.diskFreeBytes) }]),
    { name: t('agents.uptime'), text: formatDuration(health.uptimeSeconds * 1000, words) },
    {
      name: t('agents.clock'),
      text: formatDuration(health.clockOffset, words),
      worry: Math.abs(health.clockOffset) > CLOCK_WORRY,
    },
  ];
  return (
    <>
      <dl className={css.health} data-stale={!agent.online || undefined}>
        {figures.map(({ name, text, worry }) => (
          <div key={name} data-worry={worry || undefined}>
            <dt>{name}</dt>
            <dd>
              {worry && '▲ '}
              {text}
            </dd>
          </div>
        ))}
      </dl>
      {troubled.length > 0 && (
        <div className={css.drivers}>
          <h3>{t('agents.drivers', { count: troubled.length })}</h3>
          <ul>
            {troubled.map(({ thing, state, restarts, problem }) => (
              <li key={thing}>
                <strong>{things.get(thing)?.name ?? thing}</strong>{' '}
                {t(`agents.driver.${state === 'refused' ? 'refused' : 'restarting'}`, { count: restarts })}
                {problem && <code>{problem}</code>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
