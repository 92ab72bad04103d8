import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { selection } from '../../app/selection.ts';
import { useBatch } from '../../live/use-batch.ts';
import { useWords } from '../../words/words.ts';
import { LampShape, type LampTone } from '../lamp.tsx';
import css from './batch-progress.module.css';
import { type BatchPart, batchParts, summarise } from './batch-summary.ts';

const tones: Record<BatchPart, LampTone> = {
  done: 'good',
  sent: 'neutral',
  failed: 'bad',
  unknown: 'unknown',
  running: 'neutral',
};

/** How a group request stands: a bar, counts in words, and one click to select what was not done. */
export function BatchProgress({ batch }: { batch: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { total, finished, counts, failedThings } = summarise(useBatch(batch));
  const progress = t('batch.progress', { finished, total });
  const selectFailed = () => {
    selection.set(failedThings);
    void navigate({ to: '/' });
  };
  return (
    <div className={css.batch}>
      <div
        className={css.bar}
        role="progressbar"
        aria-label={progress}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={finished}
      >
        {batchParts.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <div className={css.words}>
        <strong>{progress}</strong>
        {batchParts
          .filter((part) => counts[part] > 0)
          .map((part) => (
            <span key={part} className={css.count}>
              <LampShape tone={tones[part]} />
              {t(`batch.${part}`, { count: counts[part] })}
            </span>
          ))}
        {failedThings.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={selectFailed}>
            {t('batch.selectFailed', { count: failedThings.length })}
          </Button>
        )}
      </div>
    </div>
  );
}
