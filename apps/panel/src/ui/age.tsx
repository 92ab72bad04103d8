import { useWords } from '../words/words.ts';
import { ageOf, formatFullInstant, NBSP } from './format/time.ts';
import { useTick } from './tick.ts';

interface AgeProps {
  /** ISO 8601; null: never. */
  at: string | null;
}

/** How long ago something was, kept current; the exact instant in its tooltip. */
export function Age({ at }: AgeProps) {
  const { t, language } = useWords();
  const instant = at === null ? undefined : Date.parse(at);
  const text = useTick((now) => {
    if (instant === undefined) return t('time.never');
    const age = ageOf(instant, now);
    return age.unit === 'now'
      ? t('time.now')
      : t(`time.ago.${age.unit === 'ms' ? 's' : age.unit}`, { n: age.n });
  });
  return (
    <time
      dateTime={at ?? undefined}
      title={instant === undefined ? undefined : formatFullInstant(instant, language)}
    >
      {text.replaceAll(' ', NBSP)}
    </time>
  );
}
