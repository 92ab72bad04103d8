import { Link } from '@tanstack/react-router';
import { useModels, useSites, useThings } from '../../app/directory.ts';
import { isFinal, type KnownCommand } from '../../live/command-store.ts';
import { LifeTrack } from '../../ui/acting/command-life.tsx';
import { CommandSteps } from '../../ui/acting/command-steps.tsx';
import { useCommandTitle } from '../../ui/acting/command-title.ts';
import { toneOfCommand, useOutcomeText } from '../../ui/acting/outcome-text.ts';
import { Age } from '../../ui/age.tsx';
import { LampShape } from '../../ui/lamp.tsx';
import { useWords } from '../../words/words.ts';
import css from './command-row.module.css';

interface CommandRowProps {
  command: KnownCommand;
  /** Left out on a thing's own page. */
  withThing?: boolean;
}

/** A command with its outcome in words; opens to its whole life. */
export function CommandRow({ command, withThing = true }: CommandRowProps) {
  const { t } = useWords();
  const titleOf = useCommandTitle();
  const { stateOf, reasonOf } = useOutcomeText();
  const models = useModels();
  const thing = useThings().get(command.thing);
  const site = useSites().get(thing?.site ?? '');
  const tone = toneOfCommand(command);
  const model = models.get(thing?.model ?? '');
  const reason = reasonOf(command, model);
  return (
    <details className={css.row}>
      <summary className={css.summary}>
        <span className={css.mark}>
          {isFinal(command) ? <LampShape tone={tone} /> : <LifeTrack command={command} />}
        </span>
        <span className={css.words}>
          <span className={css.title}>
            {titleOf(command, model)}
            {withThing && thing && (
              <span className={css.thing}>{site ? `${site.name}, ${thing.name}` : thing.name}</span>
            )}
          </span>
          <span className={css.state} data-tone={tone}>
            {stateOf(command)}
            {reason && `. ${reason}`}
          </span>
        </span>
        <span className={css.who}>
          {command.requestedBy?.name}
          <Age at={command.at.requested} />
        </span>
      </summary>
      <CommandSteps command={command} />
      {withThing && thing && (
        <Link to="/things/$thing" params={{ thing: thing.id }} className={css.open}>
          {t('command.openThing', { name: thing.name })}
        </Link>
      )}
    </details>
  );
}
