/**
 * Glyphs of five columns, each a byte with its lowest bit on top: capitals and digits of both alphabets, which is all
 * that the drawn interface writes. Letters that look alike share a glyph.
 */
const columns: Readonly<Record<string, string>> = {
  ' ': '0000000000',
  '!': '00005f0000',
  '%': '2313086462',
  '+': '08083e0808',
  ',': '0050300000',
  '-': '0808080808',
  '.': '0060600000',
  '/': '2010080402',
  ':': '0036360000',
  _: '4040404040',
  '0': '3e5149453e',
  '1': '00427f4000',
  '2': '4261514946',
  '3': '2141454b31',
  '4': '1814127f10',
  '5': '2745454539',
  '6': '3c4a494930',
  '7': '0171090503',
  '8': '3649494936',
  '9': '064949291e',
  A: '7e1111117e',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141221c',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e4149497a',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f020c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '4649494931',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0708700807',
  Z: '6151494543',
  Б: '7f49494931',
  Г: '7f01010101',
  Д: '603f213f60',
  Ж: '77087f0877',
  З: '2241494936',
  И: '7f1008047f',
  Й: '7c2112097c',
  Л: '403e01017f',
  П: '7f0101017f',
  У: '274848483f',
  Ф: '0e117f110e',
  Ц: '3f20203f60',
  Ч: '070808087f',
  Ш: '7f407f407f',
  Щ: '3f203f207f',
  Ъ: '017f484830',
  Ы: '7f4830007f',
  Ь: '7f48484830',
  Э: '224149493e',
  Ю: '7f083e413e',
  Я: '462919097f',
};

const lookalikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  Ё: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
};

export const glyphWidth = 5;
export const glyphHeight = 7;

/** The columns of a letter; a dash where there is none. */
export function glyph(letter: string): readonly number[] {
  const upper = letter.toUpperCase();
  const hex = columns[lookalikes[upper] ?? upper] ?? columns['-']!;
  return Array.from({ length: glyphWidth }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
