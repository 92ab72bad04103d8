import type { settings as english } from '../en/settings.ts';
import type { RussianOf } from '../russian-of.ts';

export const settings: RussianOf<typeof english> = {
  title: 'Настройки',
  lead: 'Для всего сервера и всех его организаций. Изменения действуют сразу, на каждом узле; заданное окружением здесь не меняется.',
  notSet: 'не задано',
  keep: 'Если оставить пустым, ничего не изменится.',
  takeBack: 'Вернуть по умолчанию',
  source: {
    environment: 'Задано окружением:',
    panel: 'Задано здесь',
    default: 'По умолчанию',
  },
};
