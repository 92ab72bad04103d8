import { Button, MultiSelect, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconHistory, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { Thing } from '@vakhta/api';
import type { Instant } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import { useState } from 'react';
import { useSites, useThings } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { momentOf } from '../../past/moment.ts';
import { usePast } from '../../past/past.ts';
import { formatInstant, formatRange } from '../../ui/format/time.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useTick } from '../../ui/tick.ts';
import { useWords } from '../../words/words.ts';
import { EventLine } from './event-line.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FigureChart } from './figure-chart.tsx';
import css from './history.module.css';
import { presenceHistoryQuery, propertyHistoryQuery } from './history-query.ts';
import { MOST_COMPARED } from './line-looks.tsx';
import { firstShown, kindOf } from './property-kind.ts';
import {
  type LengthName,
  lengths,
  move,
  pick,
  type Range,
  rangeOf,
  refreshOf,
  type Span,
  zoom,
} from './span.ts';
import { StateBands } from './state-bands.tsx';

interface ThingHistoryProps {
  thing: Thing;
  model: ThingModel | undefined;
  /** Shows everything as of a moment. */
  onLookBack(at: string): void;
}

const lengthNames = Object.keys(lengths) as LengthName[];
const BAND_POINTS = 1000;
const NO_NAMES: readonly string[] = [];

/** What a thing was and what happened to it, on one time line: curves, states, contact and events. */
export function ThingHistory({ thing, model, onLookBack }: ThingHistoryProps) {
  const { t, say, language } = useWords();
  const past = usePast();
  const [span, setSpan] = useState<Span>({ kind: 'last', length: lengths.day });
  const refresh = span.kind === 'last' ? refreshOf(span.length) : Number.POSITIVE_INFINITY;
  // Of now, or of the moment shown, as coarse as the span can tell apart.
  const now = useTick((instant) =>
    refresh === Number.POSITIVE_INFINITY ? 0 : Math.floor(instant / refresh) * refresh,
  );
  // Nothing that came after the moment shown.
  const range =
    past && span.kind === 'last' ? { from: past.at - span.length, to: past.at + 1 } : rangeOf(span, now);
  const [cursor, setCursor] = useState<Instant>();
  const [chosen, setChosen] = useState<readonly string[]>();
  const [compared, setCompared] = useState<string[]>([]);
  const names = model ? Object.keys(model.properties).filter((name) => kindOf(model, name)) : NO_NAMES;
  const shown = chosen ?? (model ? firstShown(model) : NO_NAMES);
  const all = useThings();
  const sites = useSites();
  const others = [...all.values()].filter(({ id, model: of }) => of === thing.model && id !== thing.id);
  // Things of two sites often have the same name.
  const label = ({ name, site }: Thing) => [name, sites.get(site)?.name].filter(Boolean).join(' · ');
  const things = [thing, ...compared.flatMap((id) => all.get(id) ?? [])].map((each) => ({
    id: each.id,
    name: label(each),
  }));
  const parts = {
    range,
    cursor,
    onCursor: setCursor,
    onPick: (from: Instant, to: Instant) => setSpan(pick(from, to, serverNow())),
    onZoom: (factor: number) => {
      const isInside = cursor !== undefined && cursor >= range.from && cursor <= range.to;
      setSpan(zoom(range, factor, serverNow(), isInside ? cursor : undefined));
    },
  };
  const length = span.kind === 'last' ? lengthNames.find((name) => lengths[name] === span.length) : undefined;
  return (
    <div className={css.history}>
      <div className={css.tools}>
        <SegmentedControl
          aria-label={t('history.span.label')}
          value={length ?? 'own'}
          onChange={(value) => {
            const name = lengthNames.find((each) => each === value);
            if (name) setSpan({ kind: 'last', length: lengths[name] });
          }}
          data={[
            ...lengthNames.map((value) => ({ value: value as string, label: t(`history.span.${value}`) })),
            ...(length ? [] : [{ value: 'own', label: t('history.own') }]),
          ]}
        />
        <div className={css.moves}>
          <Move
            text={t('history.earlier')}
            icon={IconChevronLeft}
            onClick={() => setSpan(move(range, -1, serverNow()))}
          />
          <Move
            text={t('history.later')}
            icon={IconChevronRight}
            onClick={() => setSpan(move(range, 1, serverNow()))}
          />
          <Move text={t('history.zoomIn')} icon={IconZoomIn} onClick={() => parts.onZoom(0.5)} />
          <Move text={t('history.zoomOut')} icon={IconZoomOut} onClick={() => parts.onZoom(2)} />
        </div>
        <span className={css.faint}>{formatRange(range.from, range.to, language)}</span>
        <div className={css.ends}>
          {cursor !== undefined && (
            <Button
              variant="light"
              leftSection={<IconHistory size={17} />}
              onClick={() => onLookBack(momentOf(cursor, serverNow()))}
            >
              {t('history.lookBack', { when: formatInstant(cursor, serverNow(), language) })}
            </Button>
          )}
          <ExportMenu thing={thing} range={range} properties={shown} />
        </div>
      </div>
      <div className={css.choices}>
        <MultiSelect
          label={t('history.shown')}
          data={names.map((value) => ({ value, label: say(model!.properties[value]!.title) }))}
          value={[...shown]}
          onChange={setChosen}
        />
        {others.length > 0 && (
          <MultiSelect
            label={t('history.compare')}
            placeholder={compared.length === 0 ? t('history.compareHint') : ''}
            searchable
            limit={50}
            maxValues={MOST_COMPARED}
            data={others.map((other) => ({ value: other.id, label: label(other) }))}
            value={compared}
            onChange={setCompared}
          />
        )}
      </div>
      <States thing={thing} model={model} names={shown} {...parts} />
      {model &&
        shown
          .filter((name) => kindOf(model, name) === 'figure')
          .map((name) => <FigureChart key={name} model={model} name={name} things={things} {...parts} />)}
      <EventLine thing={thing.id} model={model} {...parts} />
    </div>
  );
}

interface MoveProps {
  text: string;
  icon: typeof IconZoomIn;
  onClick(): void;
}

function Move({ text, icon: Icon, onClick }: MoveProps) {
  return (
    <Button variant="default" px={9} aria-label={text} title={text} onClick={onClick}>
      <Icon size={18} aria-hidden />
    </Button>
  );
}

interface StatesProps {
  thing: Thing;
  model: ThingModel | undefined;
  names: readonly string[];
  range: Range;
  cursor: Instant | undefined;
  onCursor(at: Instant | undefined): void;
}

/** Whether it answered, and every state that is chosen: each a band of the same length. */
function States({ thing, model, names, range, cursor, onCursor }: StatesProps) {
  const { t, say } = useWords();
  const states = model ? names.filter((name) => kindOf(model, name) === 'states') : [];
  const presence = useQuery(presenceHistoryQuery(thing.id, range, BAND_POINTS)).data;
  const histories = useQueries({
    queries: states.map((name) => propertyHistoryQuery(thing.id, name, range, BAND_POINTS)),
  });
  return (
    <PanelSection title={t('thing.section.state')}>
      <StateBands
        title={t('history.contact')}
        schema={undefined}
        history={presence}
        write={(value) =>
          typeof value === 'boolean' ? t(`thing.presence.${value ? 'online' : 'offline'}`) : undefined
        }
        toneOf={(value) => (value === true ? 'good' : value === false ? 'bad' : undefined)}
        {...{ range, cursor, onCursor }}
      />
      {states.map((name, index) => (
        <StateBands
          key={name}
          title={say(model!.properties[name]!.title)}
          schema={model!.properties[name]!.schema}
          history={histories[index]?.data}
          {...{ range, cursor, onCursor }}
        />
      ))}
    </PanelSection>
  );
}
