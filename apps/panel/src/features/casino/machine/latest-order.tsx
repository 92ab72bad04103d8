import { useModels } from '../../../app/directory.ts';
import { useLatestCommand, useThing } from '../../../live/use-live.ts';
import { CommandLife } from '../../../ui/acting/command-life.tsx';
import css from './machine.module.css';

/** What was last asked of the machine, and how far it got. */
export function LatestOrder({ thing: id }: { thing: string }) {
  const command = useLatestCommand(id);
  const model = useModels().get(useThing(id)?.model ?? '');
  if (!command || !model) return null;
  return (
    <div className={css.order}>
      <CommandLife command={command} model={model} />
    </div>
  );
}
