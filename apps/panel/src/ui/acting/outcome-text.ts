import type { Command } from '@vakhta/api';
import type { KnownCommand } from '../../live/command-store.ts';
import { useWords } from '../../words/words.ts';
import type { LampTone } from '../lamp.tsx';

/** Refusals of agent and drivers that we have words for; any other is told in the driver's own text. */
const known = [
  'bad_signature',
  'expired',
  'not_for_me',
  'replayed',
  'not_yet_valid',
  'offline',
  'unreachable',
  'timeout',
  'not_observed',
  'unsupported',
  'interrupted',
] as const;
type KnownCode = (typeof known)[number];

const knownCode = (code: string | undefined): KnownCode | undefined => {
  const last = code?.split('.').at(-1);
  return known.find((each) => each === last);
};

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
  const reasonOf = (outcome: Command['outcome']): string | undefined => {
    const code = knownCode(outcome?.code);
    if (code) return t(`command.reason.${code}`);
    return outcome?.message;
  };
  return {
    stateOf: ({ state, outcome }: Pick<KnownCommand, 'state' | 'outcome'>): string => {
      if (state !== 'succeeded' || outcome?.observed === undefined) return t(`command.state.${state}`);
      return outcome.observed ? t('command.observed') : t('command.sent');
    },
    reasonOf: ({ state, outcome }: Pick<KnownCommand, 'state' | 'outcome'>): string | undefined =>
      state === 'succeeded' ? undefined : reasonOf(outcome),
  };
}
