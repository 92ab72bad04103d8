import { useQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { commands } from '../../live/live.ts';
import { useRecentCommands } from '../../live/use-live.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import { CommandRow } from '../commands/command-row.tsx';
import css from './thing-page.module.css';

/** What was asked of one thing, newest first, each with its life. */
export function ThingCommands({ thing, limit }: { thing: string; limit: number }) {
  const { t } = useWords();
  useQuery({
    queryKey: ['commands', thing, limit],
    queryFn: async () => {
      const { items } = await api.call(routes.listCommands, { query: { thing, limit } });
      commands.load(items);
      return items.length;
    },
  });
  const shown = useRecentCommands()
    .filter((command) => command.thing === thing)
    .slice(0, limit);
  return (
    <PanelSection title={t('thing.commands')}>
      {shown.length === 0 ? (
        <p className={css.quiet}>{t('thing.noCommands')}</p>
      ) : (
        <ul className={css.list}>
          {shown.map((command) => (
            <li key={command.id}>
              <CommandRow command={command} withThing={false} />
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
