import type { desk as english, picture as englishPicture } from '../en/desk.ts';
import type { RussianOf } from '../russian-of.ts';

export const desk: RussianOf<typeof english> = {
  title: 'Пульт',
  addThing: 'Добавить устройство',
  all: 'Все',
  byState: 'По состоянию',
  search: 'Поиск по имени или объекту',
  bySite: 'Объект',
  everySite: 'Все объекты',
  byGroup: 'Группа',
  everyGroup: 'Все группы',
  size: {
    label: 'Размер карточек',
    small: 'Малые карточки',
    medium: 'Средние карточки',
    large: 'Большие карточки с картинкой',
  },
  things_one: '{{count}} устройство',
  things_few: '{{count}} устройства',
  things_many: '{{count}} устройств',
  things_other: '{{count}} устройства',
  select: 'Выбрать: {{name}}',
  selectSite: 'Выбрать все',
  selection: 'Выбранное',
  selected_one: 'Выбрано: {{count}}',
  selected_few: 'Выбрано: {{count}}',
  selected_many: 'Выбрано: {{count}}',
  selected_other: 'Выбрано: {{count}}',
  clearSelection: 'Снять выделение',
  kind: 'Вид устройства',
  moreActions: 'Ещё',
  noCommands: 'Команд пока не было',
  checkedTitle: 'Когда устройство последний раз отзывалось',
  nothing: {
    title: 'Ничего не нашлось',
    text: 'Под поиск и фильтры не подходит ни одно устройство.',
    action: 'Сбросить фильтры',
  },
  empty: {
    noAgents: {
      title: 'Начните с агента',
      text: 'Агент — наша программа на небольшом компьютере рядом с устройствами. Подключите его, и можно будет добавить то, что он обслуживает.',
      action: 'Подключить агента',
    },
    noThings: {
      title: 'Добавьте первое устройство',
      text: 'Агент на месте. Укажите, за каким устройством ему следить: вид, имя и как его найти.',
    },
    notYours: {
      title: 'Здесь пока пусто',
      text: 'Устройства появятся, как только управляющий их добавит.',
    },
  },
};
export const picture: RussianOf<typeof englishPicture> = {
  of: 'Снимок: {{name}}',
  none: 'Снимков пока нет',
  take: 'Сделать снимок',
  again: 'Новый снимок',
  taking: 'Снимаем…',
};
