import { Tabs } from '@mantine/core';
import { IconEdit, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useGroups, useModels, useSites } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { useMay } from '../../app/session.ts';
import { useThing } from '../../live/use-live.ts';
import { usePast } from '../../past/past.ts';
import { PastButton } from '../../past/past-button.tsx';
import { PastFrame } from '../../past/past-frame.tsx';
import { Age } from '../../ui/age.tsx';
import { conditionOf } from '../../ui/condition.ts';
import { ConditionMark } from '../../ui/condition-mark.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOfflineText } from '../../ui/offline-text.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { ThingPicture } from '../../ui/thing-picture.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { ThingAlerts } from '../alerts/thing-alerts.tsx';
import { ThingHistory } from '../history/thing-history-part.ts';
import { OtherActions } from './other-actions.tsx';
import { Pads } from './pads.tsx';
import { RawReadings, Readings } from './readings.tsx';
import { ThingCommands } from './thing-commands.tsx';
import { ThingLog } from './thing-log.tsx';
import css from './thing-page.module.css';
import { thingQuery } from './thing-query.ts';
import { thingTabs } from './thing-tabs.ts';

/** One thing: what it is doing and why, everything that can be asked of it, and what happened. All from its model. */
export function ThingPage() {
  const { at } = useSearch({ from: '/signed-in/things/$thing' });
  const navigate = useNavigate({ from: '/things/$thing' });
  const go = (to: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, at: to }), replace: at !== undefined && to !== undefined });
  return (
    <PastFrame at={at} onGo={go}>
      <ThingInside onLookBack={go} />
    </PastFrame>
  );
}

function ThingInside({ onLookBack }: { onLookBack(at: string): void }) {
  const { t, say } = useWords();
  const past = usePast();
  const textOf = useErrorText();
  const { thing: id } = useParams({ from: '/signed-in/things/$thing' });
  const { tab = 'overview' } = useSearch({ from: '/signed-in/things/$thing' });
  const navigate = useNavigate({ from: '/things/$thing' });
  const { error } = useQuery(thingQuery(id));
  const thing = useThing(id);
  const model = useModels().get(thing?.model ?? '');
  const site = useSites().get(thing?.site ?? '');
  const groups = useGroups();
  const offlineText = useOfflineText();
  const may = useMay();
  if (error && !thing)
    return (
      <EmptyState title={t('shell.failedToLoad')} text={textOf(error)}>
        <LinkButton to="/">{t('shell.notFound.action')}</LinkButton>
      </EmptyState>
    );
  if (!thing) return <PageLoading />;
  const about = [
    model && say(model.title),
    site?.name,
    ...thing.groups.map((group) => groups.get(group)?.name),
  ];
  return (
    <>
      <PageHead title={thing.name} text={about.filter(Boolean).join(' · ')}>
        {past ? (
          <LinkButton to="/" search={{ at: new Date(past.at).toISOString() }} variant="default">
            {t('past.wholeDesk')}
          </LinkButton>
        ) : (
          <PastButton onGo={onLookBack} />
        )}
        <a className={css.td} href={`/api/v1/things/${id}/td`} target="_blank" rel="noreferrer">
          <IconExternalLink size={15} aria-hidden /> {t('thing.description')}
        </a>
        {!past && may('things.manage') && (
          <LinkButton
            to="/things/$thing/edit"
            params={{ thing: id }}
            variant="default"
            leftSection={<IconEdit size={17} />}
          >
            {t('shell.do.edit')}
          </LinkButton>
        )}
      </PageHead>
      <div className={css.condition}>
        <ConditionMark condition={conditionOf(thing, model)} />
        {!thing.online && <span className={css.reason}>{offlineText(thing)}</span>}
        {!(past && thing.online) && (
          <span className={css.heard}>
            {t('thing.lastHeard')}: <Age at={thing.lastSeen} />
          </span>
        )}
      </div>
      {!past && may('alerts.view') && <ThingAlerts thing={id} />}
      <Tabs
        value={tab}
        onChange={(value) =>
          void navigate({
            search: (old) => ({ ...old, tab: thingTabs.find((each) => each === value) }),
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List className={css.tabs}>
          {thingTabs.map((value) => (
            <Tabs.Tab key={value} value={value} disabled={past !== undefined && value === 'commands'}>
              {t(`thing.tabs.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <div className={css.columns}>
            <div className={css.column} data-part="state">
              {model ? (
                <Readings thing={thing} model={model} sections={['state']} />
              ) : (
                <RawReadings thing={thing} />
              )}
            </div>
            <div className={css.column} data-part="act">
              {model?.layout.picture && !past && (
                <PanelSection title={t('thing.picture')}>
                  <ThingPicture thing={thing} model={model} />
                </PanelSection>
              )}
              {model && may('things.operate') && <Pads thing={id} model={model} />}
              {model && may('things.operate') && <OtherActions thing={id} model={model} />}
              {!past && <ThingCommands thing={id} limit={5} />}
            </div>
            <div className={css.column} data-part="rest">
              {model && <Readings thing={thing} model={model} sections={['health', 'identity']} />}
            </div>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <ThingHistory thing={thing} model={model} onLookBack={onLookBack} />
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <ThingLog thing={id} model={model} kind="event" />
        </Tabs.Panel>
        <Tabs.Panel value="commands">
          <ThingCommands thing={id} limit={200} />
        </Tabs.Panel>
        <Tabs.Panel value="log">
          <ThingLog thing={id} model={model} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
