import { useParams } from '@tanstack/react-router';
import { useModels, useThings } from '../../app/directory.ts';
import { useBatch } from '../../live/use-batch.ts';
import { BatchProgress } from '../../ui/acting/batch-progress.tsx';
import { type BatchPart, partOf } from '../../ui/acting/batch-summary.ts';
import { useCommandTitle } from '../../ui/acting/command-title.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useWords } from '../../words/words.ts';
import { CommandRow } from './command-row.tsx';
import css from './commands-page.module.css';

/** What went wrong first, then what is under way, then the rest. */
const order: Record<BatchPart, number> = { failed: 0, unknown: 1, running: 2, sent: 3, done: 4 };

/** One group request: its progress and the outcome for each thing. */
export function BatchPage() {
  const { t } = useWords();
  const { batch } = useParams({ from: '/signed-in/batches/$batch' });
  const commands = useBatch(batch);
  const things = useThings();
  const models = useModels();
  const titleOf = useCommandTitle();
  const [first] = commands;
  const sorted = [...commands].sort(
    (a, b) =>
      order[partOf(a)] - order[partOf(b)] ||
      (things.get(a.thing)?.name ?? '').localeCompare(things.get(b.thing)?.name ?? '', undefined, {
        numeric: true,
      }),
  );
  return (
    <>
      <PageHead
        title={first ? titleOf(first, models.get(things.get(first.thing)?.model ?? '')) : t('command.title')}
        text={t('batch.leave')}
      />
      <div className={css.progress}>
        <BatchProgress batch={batch} />
      </div>
      <ul className={css.list}>
        {sorted.map((command) => (
          <li key={command.id}>
            <CommandRow command={command} />
          </li>
        ))}
      </ul>
    </>
  );
}
