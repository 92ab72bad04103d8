import type { value as english, condition as englishCondition } from '../en/value.ts';
import type { RussianOf } from '../russian-of.ts';

export const value: RussianOf<typeof english> = {
  yes: 'Да',
  no: 'Нет',
  unknown: 'неизвестно',
  none: 'нет',
  noData: 'пока нет данных',
  asked: 'запрошено',
  askedFor: 'Запрошено: {{asked}}, а на деле: {{is}}',
  stale: 'Не подтверждалось с {{when}}',
};
export const condition: RussianOf<typeof englishCondition> = {
  online: 'В порядке',
  attention: 'Требует внимания',
  offline: 'Нет связи',
};
