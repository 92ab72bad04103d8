import { Link } from '@tanstack/react-router';
import type { Thing } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import { memo, type PointerEvent, useRef } from 'react';
import { useIsSelected } from '../../app/selection.ts';
import { useMay } from '../../app/session.ts';
import { useLatestCommand, useThing } from '../../live/use-live.ts';
import { usePast } from '../../past/past.ts';
import { ActionButton } from '../../ui/acting/action-button.tsx';
import { CommandLife } from '../../ui/acting/command-life.tsx';
import { Age } from '../../ui/age.tsx';
import { conditionOf } from '../../ui/condition.ts';
import { ConditionMark } from '../../ui/condition-mark.tsx';
import { useOfflineText } from '../../ui/offline-text.ts';
import { Reading } from '../../ui/reading.tsx';
import { ThingIcon } from '../../ui/thing-icon.tsx';
import { ThingPicture } from '../../ui/thing-picture.tsx';
import { useWords } from '../../words/words.ts';
import type { CardSize } from './card-size.ts';
import { useInSight } from './in-sight.ts';
import { useLongPress } from './long-press.ts';
import css from './thing-card.module.css';

interface ThingCardProps {
  id: string;
  model: ThingModel | undefined;
  size: CardSize;
  /** With shift held: everything from the last one chosen to this one. */
  onSelect(id: string, range: boolean): void;
}

/** A thing on the desk. Out of sight it keeps its place and does nothing. */
export const ThingCard = memo(function ThingCard(props: ThingCardProps) {
  const cell = useRef<HTMLLIElement>(null);
  const inSight = useInSight(cell);
  const wasSeen = useRef(false);
  wasSeen.current ||= inSight;
  const thing = useThing(props.id, inSight);
  const selected = useIsSelected(props.id);
  const may = useMay();
  const operates = may('things.operate');
  const past = usePast();
  const selects = operates && !past;
  const select = (range: boolean) => selects && props.onSelect(props.id, range);
  const longPress = useLongPress(() => select(false));

  /** The card itself is a way to select; what is on it keeps its own meaning. */
  const press = (event: PointerEvent) => {
    const { target } = event;
    if (target instanceof Element && !target.closest('a, button, label, input')) select(event.shiftKey);
  };
  return (
    <li
      ref={cell}
      className={css.card}
      data-size={props.size}
      data-selected={selected || undefined}
      data-offline={thing?.online === false || undefined}
      {...longPress(press)}
    >
      {thing && wasSeen.current && (
        <CardFace
          {...props}
          thing={thing}
          active={inSight}
          selected={selected}
          selects={selects}
          operates={operates}
        />
      )}
    </li>
  );
});

interface CardFaceProps extends ThingCardProps {
  thing: Thing;
  active: boolean;
  selected: boolean;
  selects: boolean;
  operates: boolean;
}

const FIGURES: Record<CardSize, number> = { small: 0, medium: 4, large: 6 };

function CardFace({ thing, model, size, active, selected, selects, operates, onSelect }: CardFaceProps) {
  const { t } = useWords();
  const past = usePast();
  const command = useLatestCommand(thing.id, active);
  const offlineText = useOfflineText();
  const condition = conditionOf(thing, model);
  const things = [thing.id];
  const { lamps = [], figures = [], quick = [], picture } = model?.layout ?? {};
  const shown = figures.filter((name) => !lamps.includes(name)).slice(0, FIGURES[size]);
  return (
    <>
      <header className={css.head}>
        {selects ? (
          <label className={css.check}>
            <input
              type="checkbox"
              checked={selected}
              aria-label={t('desk.select', { name: thing.name })}
              onChange={(event) =>
                onSelect(thing.id, (event.nativeEvent as PointerEvent['nativeEvent']).shiftKey)
              }
            />
            <ThingIcon name={model?.icon} size={18} />
          </label>
        ) : (
          <span className={css.check}>
            <ThingIcon name={model?.icon} size={18} />
          </span>
        )}
        <Link
          to="/things/$thing"
          params={{ thing: thing.id }}
          search={past ? { at: new Date(past.at).toISOString() } : {}}
          className={css.name}
          title={thing.name}
        >
          {thing.name}
        </Link>
        <ConditionMark condition={condition} />
      </header>
      {!thing.online && (
        <p className={css.offline} title={thing.offlineReason?.message}>
          {offlineText(thing)}
        </p>
      )}
      {model && lamps.length > 0 && (
        <dl className={css.lamps}>
          {lamps.map((name) => (
            <Reading key={name} thing={thing} model={model} name={name} />
          ))}
        </dl>
      )}
      {size === 'large' && model && picture && <ThingPicture thing={thing} model={model} compact />}
      {model && shown.length > 0 && (
        <dl className={css.figures}>
          {shown.map((name) => (
            <Reading key={name} thing={thing} model={model} name={name} />
          ))}
        </dl>
      )}
      {operates && model && size !== 'small' && quick.length > 0 && (
        <div className={css.quick}>
          {quick.map((button) => (
            <ActionButton
              key={`${button.action}${JSON.stringify(button.input)}`}
              model={model}
              button={button}
              things={things}
              look="icon"
            />
          ))}
        </div>
      )}
      {!past && (
        <footer className={css.foot}>
          {command ? (
            <CommandLife command={command} model={model} />
          ) : (
            <span className={css.quiet}>{t('desk.noCommands')}</span>
          )}
          <span className={css.checked} title={t('desk.checkedTitle')}>
            <Age at={thing.lastSeen} />
          </span>
        </footer>
      )}
    </>
  );
}
