import type { ThingModel } from '@vakhta/things';
import type { KnownCommand } from '../../live/command-store.ts';
import { useWords } from '../../words/words.ts';
import type { LampTone } from '../lamp.tsx';
import { useReasonText } from '../reason-text.ts';

/** Where a command stands, and how that should strike the eye. */
export function toneOfCommand({ state, outcome }: Pick<KnownCommand, 'state' | 'outcome'>): LampTone {
  switch (state) {
    case 'succeeded':
      return outcome?.observed === false ? 'neutral' : 'good';
    case 'failed':
    case 'refused':
      return 'bad';
    case 'expired':
    case 'awaiting_approval':
      return 'attention';
    case 'unknown':
      return 'unknown';
    default:
      return 'neutral';
  }
}

/** A command's state in words, and why, where it ended otherwise than asked. */
export function useOutcomeText() {
  const { t } = useWords();
  const reasonText = useReasonText();
  return {
    stateOf: ({ state, outcome }: Pick<KnownCommand, 'state' | 'outcome'>): string => {
      if (state !== 'succeeded' || outcome?.observed === undefined) return t(`command.state.${state}`);
      return outcome.observed ? t('command.observed') : t('command.sent');
    },
    reasonOf: (
      { state, outcome }: Pick<KnownCommand, 'state' | 'outcome'>,
      model: ThingModel | undefined,
    ): string | undefined =>
      state === 'succeeded' || outcome === undefined ? undefined : reasonText(outcome, model),
  };
}
