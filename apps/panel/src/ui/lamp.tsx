import type { Tone } from '@vakhta/things';
import css from './lamp.module.css';

/** Unknown is a tone of its own: neither good nor bad. */
export type LampTone = Tone | 'unknown';

/** Each tone has a shape besides its colour, so that it can be told apart in grey. */
const shapes: Record<LampTone, React.ReactNode> = {
  good: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.800 8.300 7 10.500l4.300-4.700" fill="none" stroke="var(--card)" strokeWidth="1.800" />
    </>
  ),
  neutral: <circle cx="8" cy="8" r="5.800" fill="none" stroke="currentColor" strokeWidth="2" />,
  attention: (
    <>
      <path d="M8 1 15.500 14.500H.5Z" fill="currentColor" />
      <path d="M8 5.800v4M8 11.600v1" stroke="var(--card)" strokeWidth="1.700" />
    </>
  ),
  bad: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
      <path d="m5 5 6 6m0-6-6 6" stroke="var(--card)" strokeWidth="1.900" />
    </>
  ),
  unknown: (
    <circle
      cx="8"
      cy="8"
      r="5.800"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="2.500 2.600"
    />
  ),
};

interface LampProps {
  tone: LampTone;
  /** Always there: a lamp never speaks by its colour alone. */
  word: string;
  stale?: boolean;
  title?: string | undefined;
}

/** A state in a shape and a word. */
export function Lamp({ tone, word, stale, title }: LampProps) {
  return (
    <span className={css.lamp} data-tone={tone} data-stale={stale || undefined} title={title}>
      <LampShape tone={tone} />
      <span className={css.word}>{word}</span>
    </span>
  );
}

/** The shape alone, where the word stands elsewhere. */
export function LampShape({ tone }: { tone: LampTone }) {
  return (
    <svg className={css.shape} data-tone={tone} viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      {shapes[tone]}
    </svg>
  );
}
