import type { keys as englishKeys, palette as englishPalette, wall as englishWall } from '../en/palette.ts';
import type { RussianOf } from '../russian-of.ts';

export const palette: RussianOf<typeof englishPalette> = {
  title: 'Найти и сделать',
  find: 'Раздел, устройство, действие…',
  nothing: 'Ничего с таким названием нет.',
  section: 'Раздел',
  doing: 'Действие',
  theme: { dark: 'Включить тёмную тему', light: 'Включить светлую тему' },
};

export const keys: RussianOf<typeof englishKeys> = {
  title: 'Клавиатура',
  everywhere: 'Везде',
  go: 'Перейти',
  palette: 'Найти раздел, устройство или действие',
  map: 'Этот список',
  search: 'Поиск',
  selectAll: 'Выбрать всё, что показано',
  letGo: 'Снять выделение',
  layout: 'Буквы — по месту клавиши: раскладка не важна.',
};

export const wall: RussianOf<typeof englishWall> = {
  title: 'Видеостена',
  open: 'Видеостена',
  leave: 'Выйти из видеостены',
  alerts: 'Открытые тревоги',
  andMore: 'и ещё {{count}}',
  empty: 'Показывать пока нечего: добавьте устройства на пульт.',
};
