import type { time as english, size as englishSize } from '../en/time.ts';
import type { RussianOf } from '../russian-of.ts';

export const time: RussianOf<typeof english> = {
  now: 'сейчас',
  ago: {
    s: '{{n}} с назад',
    min: '{{n}} мин назад',
    h: '{{n}} ч назад',
    d: '{{n}} д назад',
  },
  unit: { ms: 'мс', s: 'с', min: 'мин', h: 'ч', d: 'д' },
  never: 'никогда',
};
export const size: RussianOf<typeof englishSize> = { B: 'Б', kB: 'кБ', MB: 'МБ', GB: 'ГБ', TB: 'ТБ' };
