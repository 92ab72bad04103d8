import { CloseButton } from '@mantine/core';
import { useRouterState } from '@tanstack/react-router';
import { useModels, useThings } from '../../app/directory.ts';
import { useBatch } from '../../live/use-batch.ts';
import { useWords } from '../../words/words.ts';
import { LinkButton } from '../link-button.tsx';
import { useActing } from './acting.tsx';
import css from './batch-dock.module.css';
import { BatchProgress } from './batch-progress.tsx';
import { useCommandTitle } from './command-title.ts';

/** The group request last made, at the foot of whatever page one is on, until it is hidden. */
export function BatchDock() {
  const { batch } = useActing();
  const here = useRouterState({ select: (state) => state.location.pathname });
  if (batch === undefined || here === `/batches/${batch}`) return null;
  return <Dock batch={batch} />;
}

function Dock({ batch }: { batch: string }) {
  const { t } = useWords();
  const { hideBatch } = useActing();
  const titleOf = useCommandTitle();
  const models = useModels();
  const things = useThings();
  const [first] = useBatch(batch);
  return (
    <section className={css.dock} aria-live="polite">
      <header className={css.head}>
        <strong className={css.title}>
          {first && titleOf(first, models.get(things.get(first.thing)?.model ?? ''))}
        </strong>
        <LinkButton to="/batches/$batch" params={{ batch }} variant="subtle" size="compact-sm">
          {t('batch.details')}
        </LinkButton>
        <CloseButton aria-label={t('batch.hide')} onClick={hideBatch} />
      </header>
      <BatchProgress batch={batch} />
    </section>
  );
}
