import { serverNow } from '../../app/server-time.ts';
import type { KnownCommand } from '../../live/command-store.ts';
import { useWords } from '../../words/words.ts';
import { formatInstant } from '../format/time.ts';
import { useValueWords } from '../format/use-value-words.ts';
import { formatDuration } from '../format/value.ts';
import css from './command-steps.module.css';

const steps = ['requested', 'queued', 'delivered', 'accepted', 'finished'] as const;

/** A command's life, step by step: when, and how long after the step before. */
export function CommandSteps({ command }: { command: KnownCommand }) {
  const { t, language } = useWords();
  const words = useValueWords();
  const reached = steps.flatMap((step) => {
    const at = command.at[step];
    return at === undefined ? [] : [{ step, at: Date.parse(at) }];
  });
  const message = command.outcome?.message;
  return (
    <div className={css.life}>
      <ol className={css.steps}>
        {reached.map(({ step, at }, index) => {
          const before = reached[index - 1];
          return (
            <li key={step}>
              <span>{t(`command.step.${step}`)}</span>
              <time dateTime={new Date(at).toISOString()}>{formatInstant(at, serverNow(), language)}</time>
              <small>{before && `+${formatDuration(Math.max(0, at - before.at), words)}`}</small>
            </li>
          );
        })}
      </ol>
      {message && <p className={css.message}>{message}</p>}
      {command.outcome?.picture && (
        <img className={css.picture} src={command.outcome.picture} alt={t('thing.picture')} />
      )}
    </div>
  );
}
