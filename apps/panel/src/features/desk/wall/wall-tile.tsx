import type { ThingModel } from '@vakhta/things';
import { memo } from 'react';
import { serverNow } from '../../../app/server-time.ts';
import { useThing } from '../../../live/use-live.ts';
import { conditionOf, conditionTones, worriesOf } from '../../../ui/condition.ts';
import { useValueWords } from '../../../ui/format/use-value-words.ts';
import { formatValue } from '../../../ui/format/value.ts';
import { LampShape } from '../../../ui/lamp.tsx';
import { useOfflineText } from '../../../ui/offline-text.ts';
import { useWords } from '../../../words/words.ts';
import css from './wall.module.css';

/** A thing to be read from across the room: its name, whether it is in order, and if not, why. */
export const WallTile = memo(function WallTile({ id, model }: { id: string; model: ThingModel | undefined }) {
  const { t, say } = useWords();
  const words = useValueWords();
  const offlineText = useOfflineText();
  const thing = useThing(id);
  if (!thing) return null;
  const condition = conditionOf(thing, model);
  const [worry] = model ? worriesOf(thing, model) : [];
  const affordance = worry === undefined ? undefined : model?.properties[worry];
  const trouble =
    condition === 'offline'
      ? offlineText(thing)
      : worry !== undefined && affordance
        ? `${say(affordance.title)}: ${formatValue(affordance.schema, thing.properties[worry]?.value, words, serverNow())}`
        : undefined;
  return (
    <li className={css.tile} data-condition={condition}>
      <span className={css.name}>
        <LampShape tone={conditionTones[condition]} />
        <span className={css.hidden}>{t(`condition.${condition}`)}</span>
        {thing.name}
      </span>
      {trouble && <span className={css.trouble}>{trouble}</span>}
    </li>
  );
});
