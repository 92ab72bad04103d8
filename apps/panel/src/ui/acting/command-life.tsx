import type { ThingModel } from '@vakhta/things';
import type { KnownCommand } from '../../live/command-store.ts';
import { isFinal } from '../../live/command-store.ts';
import { useWords } from '../../words/words.ts';
import { Age } from '../age.tsx';
import { LampShape } from '../lamp.tsx';
import css from './command-life.module.css';
import { useCommandTitle } from './command-title.ts';
import { toneOfCommand, useOutcomeText } from './outcome-text.ts';

const steps = ['queued', 'delivered', 'accepted', 'finished'] as const;

/** How far a command is, as a short track: one mark a step. */
export function LifeTrack({ command }: { command: KnownCommand }) {
  const done = steps.filter((step) => command.at[step] !== undefined || isFinal(command)).length;
  return (
    <span className={css.track} aria-hidden>
      {steps.map((step, index) => (
        <span key={step} data-done={index < done || undefined} data-now={index === done || undefined} />
      ))}
    </span>
  );
}

interface CommandLifeProps {
  command: KnownCommand;
  model: ThingModel | undefined;
}

/** One line: what was asked, where it stands, why it failed, how long ago. */
export function CommandLife({ command, model }: CommandLifeProps) {
  const { t } = useWords();
  const titleOf = useCommandTitle();
  const { stateOf, reasonOf } = useOutcomeText();
  const tone = toneOfCommand(command);
  const reason = reasonOf(command, model);
  const isSent = command.state === 'succeeded' && command.outcome?.observed === false;
  const full = `${titleOf(command, model)}: ${stateOf(command)}${reason ? `. ${reason}` : ''}`;
  return (
    <div className={css.life} data-tone={tone} title={full}>
      {isFinal(command) ? <LampShape tone={tone} /> : <LifeTrack command={command} />}
      <span className={css.words}>
        <span className={css.action}>{titleOf(command, model)}</span>{' '}
        <span className={css.state}>
          {reason ?? (isSent ? t('command.sentShort') : t(`command.state.${command.state}`))}
        </span>
      </span>
      <span className={css.age}>
        <Age at={command.at.finished ?? command.at.requested} />
      </span>
    </div>
  );
}
