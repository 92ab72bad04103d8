import type { Thing } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import { useMay } from '../app/session.ts';
import { isFinal } from '../live/command-store.ts';
import { useLatestCommand } from '../live/use-live.ts';
import { usePicture } from '../live/use-picture.ts';
import { usePast } from '../past/past.ts';
import { useWords } from '../words/words.ts';
import { useActing } from './acting/acting.tsx';
import { Age } from './age.tsx';
import { ThingIcon } from './thing-icon.tsx';
import css from './thing-picture.module.css';

interface ThingPictureProps {
  thing: Thing;
  model: ThingModel;
  compact?: boolean;
}

/** A thing's last picture with its age and what it cannot show; a press takes another. */
export function ThingPicture({ thing, model, compact }: ThingPictureProps) {
  const { t, say } = useWords();
  const { ask } = useActing();
  const may = useMay();
  const past = usePast();
  const { picture } = model.layout;
  const action = picture?.action ?? '';
  const known = usePicture(thing.id, action);
  const last = useLatestCommand(thing.id);
  // A picture's moment is its own: beside a state of the past it would be taken for one of then.
  if (!picture || past) return null;
  const taking = last?.action === action && !isFinal(last);
  return (
    <figure className={css.picture} data-compact={compact || undefined}>
      <div className={css.frame}>
        {known ? (
          <img src={known.path} alt={t('picture.of', { name: thing.name })} loading="lazy" decoding="async" />
        ) : (
          <span className={css.none}>{taking ? t('picture.taking') : t('picture.none')}</span>
        )}
        {may('things.operate') && (
          <button
            type="button"
            className={css.take}
            aria-label={known ? t('picture.again') : t('picture.take')}
            disabled={taking}
            onClick={() => ask({ model, action, things: [thing.id] })}
          >
            <ThingIcon name="camera" size={17} />
            {!compact && (
              <span>{taking ? t('picture.taking') : known ? t('picture.again') : t('picture.take')}</span>
            )}
          </button>
        )}
        {known && (
          <span className={css.age}>
            <Age at={known.at} />
          </span>
        )}
      </div>
      {picture.note && <figcaption className={css.note}>{say(picture.note)}</figcaption>}
    </figure>
  );
}
