import { useMemo } from 'react';
import { useWords } from '../../words/words.ts';
import type { ValueWords } from './value.ts';

/** The words values are written with, in the panel's language. */
export function useValueWords(): ValueWords {
  const { t, language } = useWords();
  return useMemo(
    () => ({
      language,
      yes: t('value.yes'),
      no: t('value.no'),
      unknown: t('value.unknown'),
      none: t('value.none'),
      time: {
        ms: t('time.unit.ms'),
        s: t('time.unit.s'),
        min: t('time.unit.min'),
        h: t('time.unit.h'),
        d: t('time.unit.d'),
      },
      size: { B: t('size.B'), kB: t('size.kB'), MB: t('size.MB'), GB: t('size.GB'), TB: t('size.TB') },
    }),
    [t, language],
  );
}
