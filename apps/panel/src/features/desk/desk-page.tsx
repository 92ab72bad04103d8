import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconDeviceTv,
  IconLayoutGrid,
  IconLayoutList,
  IconPlus,
  IconSearch,
  IconSquare,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { thingsQuery, useAgents, useGroups, useModels, useSites } from '../../app/directory.ts';
import { PageLoading } from '../../app/page-loading.tsx';
import { selection } from '../../app/selection.ts';
import { useMay } from '../../app/session.ts';
import { things as store } from '../../live/live.ts';
import { thingAsOf, usePast } from '../../past/past.ts';
import { PastButton } from '../../past/past-button.tsx';
import { PastFrame } from '../../past/past-frame.tsx';
import { type Condition, conditionTones } from '../../ui/condition.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isTyping } from '../../ui/is-typing.ts';
import { LampShape } from '../../ui/lamp.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useTick } from '../../ui/tick.ts';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { type CardSize, chooseCardSize, useCardSize } from './card-size.ts';
import css from './desk-page.module.css';
import type { DeskSearch } from './desk-search.ts';
import { viewDesk } from './desk-view.ts';
import { SelectionBar } from './selection-bar.tsx';
import { ThingCard } from './thing-card.tsx';

const sizeIcons: Record<CardSize, typeof IconSquare> = {
  small: IconLayoutList,
  medium: IconLayoutGrid,
  large: IconSquare,
};
const conditions: readonly Condition[] = ['online', 'attention', 'offline'];

/** All things by site: what each really does, and everything that can be asked of one or of many. */
export function DeskPage() {
  const { at } = useSearch({ from: '/signed-in/' });
  const navigate = useNavigate({ from: '/' });
  const go = (to: string | undefined) =>
    void navigate({ search: (old) => ({ ...old, at: to }), replace: at !== undefined && to !== undefined });
  return (
    <PastFrame at={at} onGo={go}>
      <Desk onLookBack={go} />
    </PastFrame>
  );
}

function Desk({ onLookBack }: { onLookBack(at: string): void }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const may = useMay();
  const { at: _, ...search } = useSearch({ from: '/signed-in/' });
  const past = usePast();
  const operates = may('things.operate') && !past;
  const navigate = useNavigate({ from: '/' });
  const filter = (part: DeskSearch) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  const { data, error, refetch } = useQuery(thingsQuery);
  const [sites, groups, models] = [useSites(), useGroups(), useModels()];
  const agents = useAgents(may('agents.view'));
  const size = useCardSize();
  // Cards follow their things at once; which cards there are follows within a second.
  const version = useTick(() => store.version);
  const deferred = useDeferredValue(search);
  const view = useMemo(() => {
    const now = (data ?? []).map((thing) => store.get(thing.id) ?? thing);
    const shown = past ? now.map((thing) => thingAsOf(thing, past)) : now;
    return { ...viewDesk(shown, deferred, sites, models), version };
  }, [data, deferred, sites, models, version, past]);
  const shown = useMemo(() => view.sections.flatMap(({ things }) => things.map(({ id }) => id)), [view]);
  const select = useRangeSelection(shown);
  const field = useRef<HTMLInputElement>(null);
  useDeskKeys(field, shown, operates);

  if (error && !data)
    return (
      <EmptyState title={t('shell.failedToLoad')} text={textOf(error)}>
        <Button onClick={() => void refetch()}>{t('shell.do.retry')}</Button>
      </EmptyState>
    );
  if (!data) return <PageLoading />;
  const isFiltered = Object.values(search).some((value) => value !== undefined && value !== '');
  return (
    <>
      <PageHead title={t('desk.title')}>
        {data.length > 0 && <PastButton onGo={onLookBack} />}
        {data.length > 0 && past === undefined && (
          <LinkButton
            to="/wall"
            variant="default"
            visibleFrom="sm"
            leftSection={<IconDeviceDesktop size={17} />}
          >
            {t('wall.open')}
          </LinkButton>
        )}
        {past === undefined && may('things.manage') && agents.size > 0 && (
          <LinkButton to="/things/new" variant="default" leftSection={<IconPlus size={17} />}>
            {t('desk.addThing')}
          </LinkButton>
        )}
      </PageHead>
      {data.length > 0 && (
        <div className={css.tools}>
          <fieldset className={css.chips} aria-label={t('desk.byState')}>
            <Chip pressed={search.state === undefined} onClick={() => filter({ state: undefined })}>
              {t('desk.all')} <b>{view.total}</b>
            </Chip>
            {conditions.map((state) => (
              <Chip
                key={state}
                pressed={search.state === state}
                onClick={() => filter({ state: search.state === state ? undefined : state })}
              >
                <LampShape tone={conditionTones[state]} />
                {t(`condition.${state}`)} <b>{view.counts[state]}</b>
              </Chip>
            ))}
          </fieldset>
          <div className={css.filters}>
            <TextInput
              ref={field}
              className={css.search}
              type="search"
              aria-label={t('desk.search')}
              placeholder={t('desk.search')}
              leftSection={<IconSearch size={16} />}
              rightSection={<kbd className={css.key}>/</kbd>}
              value={search.q ?? ''}
              onChange={(event) => filter({ q: event.currentTarget.value || undefined })}
            />
            {sites.size > 1 && (
              <Select
                className={css.select}
                aria-label={t('desk.bySite')}
                placeholder={t('desk.everySite')}
                clearable
                data={[...sites.values()].map(({ id, name }) => ({ value: id, label: name }))}
                value={search.site ?? null}
                onChange={(site) => filter({ site: site ?? undefined })}
              />
            )}
            {groups.size > 0 && (
              <Select
                className={css.select}
                aria-label={t('desk.byGroup')}
                placeholder={t('desk.everyGroup')}
                clearable
                data={[...groups.values()].map(({ id, name }) => ({ value: id, label: name }))}
                value={search.group ?? null}
                onChange={(group) => filter({ group: group ?? undefined })}
              />
            )}
            <SegmentedControl
              aria-label={t('desk.size.label')}
              value={size}
              onChange={chooseCardSize}
              data={(['small', 'medium', 'large'] as const).map((value) => {
                const Icon = sizeIcons[value];
                return {
                  value,
                  label: (
                    <span className={css.size} title={t(`desk.size.${value}`)}>
                      <Icon size={17} aria-hidden />
                      <span className={css.hidden}>{t(`desk.size.${value}`)}</span>
                    </span>
                  ),
                };
              })}
            />
          </div>
        </div>
      )}
      {data.length === 0 && <EmptyDesk hasAgents={agents.size > 0} mayManage={may('things.manage')} />}
      {data.length > 0 && shown.length === 0 && (
        <EmptyState
          icon={<IconSearch size={26} />}
          title={t('desk.nothing.title')}
          text={t('desk.nothing.text')}
        >
          {isFiltered && (
            <Button
              variant="default"
              onClick={() =>
                void navigate({ search: { at: past && new Date(past.at).toISOString() }, replace: true })
              }
            >
              {t('desk.nothing.action')}
            </Button>
          )}
        </EmptyState>
      )}
      {view.sections.map(({ site, things }) => (
        <section key={things[0]?.site} className={css.site}>
          <header className={css.siteHead}>
            {site && <h2>{site.name}</h2>}
            <span>{t('desk.things', { count: things.length })}</span>
            {operates && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => toggleAll(things.map(({ id }) => id))}
              >
                {t('desk.selectSite')}
              </Button>
            )}
          </header>
          <ul className={css.grid} data-size={size}>
            {things.map((thing) => (
              <ThingCard
                key={thing.id}
                id={thing.id}
                model={models.get(thing.model)}
                size={size}
                onSelect={select}
              />
            ))}
          </ul>
        </section>
      ))}
      {!past && <SelectionBar />}
    </>
  );
}

function Chip(props: { pressed: boolean; onClick(): void; children: React.ReactNode }) {
  return (
    <button type="button" className={css.chip} aria-pressed={props.pressed} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

function EmptyDesk({ hasAgents, mayManage }: { hasAgents: boolean; mayManage: boolean }) {
  const { t } = useWords();
  const step = mayManage ? (hasAgents ? 'noThings' : 'noAgents') : 'notYours';
  return (
    <EmptyState
      icon={<IconDeviceTv size={28} />}
      title={t(`desk.empty.${step}.title`)}
      text={t(`desk.empty.${step}.text`)}
    >
      {mayManage && (
        <LinkButton to="/welcome" variant="default">
          {t('setUp.welcome')}
        </LinkButton>
      )}
      {step === 'noThings' && <LinkButton to="/things/new">{t('desk.addThing')}</LinkButton>}
      {step === 'noAgents' && <LinkButton to="/agents">{t('desk.empty.noAgents.action')}</LinkButton>}
    </EmptyState>
  );
}

function toggleAll(ids: readonly string[]): void {
  const next = new Set(selection.get());
  const all = ids.every((id) => next.has(id));
  for (const id of ids) all ? next.delete(id) : next.add(id);
  selection.set(next);
}

/** Selects one, or with shift everything between the last one chosen and this one, as shown. */
function useRangeSelection(shown: readonly string[]) {
  const last = useRef<string>(undefined);
  const order = useRef(shown);
  order.current = shown;
  return useCallback((id: string, range: boolean) => {
    const [from, to] = [order.current.indexOf(last.current ?? ''), order.current.indexOf(id)];
    if (range && from >= 0 && to >= 0) {
      const between = order.current.slice(Math.min(from, to), Math.max(from, to) + 1);
      selection.set([...selection.get(), ...between]);
    } else selection.toggle(id);
    last.current = id;
  }, []);
}

/** `/` searches, Ctrl+A selects all that is shown, Escape lets go. By the key's place, whatever the layout. */
function useDeskKeys(
  field: React.RefObject<HTMLInputElement | null>,
  shown: readonly string[],
  selects: boolean,
) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target)) {
        if (event.key === 'Escape' && event.target === field.current) field.current?.blur();
        return;
      }
      if (event.key === '/' || (event.code === 'Slash' && !event.ctrlKey)) {
        event.preventDefault();
        field.current?.focus();
      } else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyA' && selects) {
        event.preventDefault();
        selection.set(shown);
      } else if (event.key === 'Escape') selection.set([]);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [field, shown, selects]);
}
