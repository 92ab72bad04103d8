import type { Thing } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import { serverNow } from '../app/server-time.ts';
import { useWords } from '../words/words.ts';
import { Age } from './age.tsx';
import { disagreementOf, heldAt } from './condition.ts';
import { formatFullInstant } from './format/time.ts';
import { useValueWords } from './format/use-value-words.ts';
import { formatValue, optionsOf, toneOf, writeValue } from './format/value.ts';
import { Lamp } from './lamp.tsx';
import css from './reading.module.css';
import { useTick } from './tick.ts';

interface ReadingProps {
  thing: Thing;
  model: ThingModel;
  /** A property of the model. */
  name: string;
  /** Beside its name how long ago it last held; without it, only once it is stale. */
  withAge?: boolean;
  /** The whole value, on as many lines as it takes; one line otherwise. */
  whole?: boolean;
}

/** Whether a value has gone unconfirmed for longer than its model allows. */
function useIsStale(thing: Thing, model: ThingModel, name: string): boolean {
  const at = heldAt(thing, name);
  const limit = model.properties[name]?.staleAfter ?? 0;
  const instant = at === null ? undefined : Date.parse(at);
  return useTick((now) => instant !== undefined && now - instant > limit);
}

/** A property as a lamp or a figure with its name; grey once stale; what was asked beside what is where they differ. */
export function Reading({ thing, model, name, withAge, whole }: ReadingProps) {
  const { t, say, language } = useWords();
  const words = useValueWords();
  const stale = useIsStale(thing, model, name);
  const affordance = model.properties[name];
  if (!affordance) return null;
  const state = thing.properties[name];
  const { schema } = affordance;
  const options =
    schema.optionsFrom === undefined ? [] : optionsOf(thing.properties[schema.optionsFrom]?.value);
  const tone = state && toneOf(schema, state.value);
  const now = serverNow();
  const { text, unit } = state
    ? writeValue(schema, state.value, words, now, options)
    : { text: t('value.noData') };
  const isUnknown = !state || state.value === null;
  const differs = disagreementOf(thing, model, name);
  const asked = differs && formatValue(schema, differs.asked, words, now, options);
  const title =
    state && `${say(affordance.title)}: ${text}\n${formatFullInstant(Date.parse(state.at), language)}`;
  return (
    <div
      className={css.reading}
      data-whole={whole || undefined}
      data-stale={stale || undefined}
      data-unknown={isUnknown || undefined}
    >
      <dt className={css.name}>
        <span className={css.title}>{say(affordance.title)}</span>
        {(withAge || stale) && state && (
          <span className={css.age}>
            <Age at={heldAt(thing, name)} />
          </span>
        )}
      </dt>
      <dd className={css.value} title={title}>
        {tone ? (
          <Lamp tone={isUnknown ? 'unknown' : tone} word={text} stale={stale} />
        ) : (
          <span className={css.text}>
            {text}
            {unit && <small> {unit}</small>}
          </span>
        )}
        {asked && (
          <span className={css.asked} title={t('value.askedFor', { asked, is: text })}>
            {t('value.asked')}: {asked}
          </span>
        )}
      </dd>
    </div>
  );
}
