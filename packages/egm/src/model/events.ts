import type { DataSchema, ThingModelInput } from '@vakhta/things';

type Text = NonNullable<DataSchema['title']>;

const whole = (title: Text): DataSchema => ({ type: 'integer', title });
const word = (title: Text): DataSchema => ({ type: 'string', title });
const yes = (title: Text): DataSchema => ({ type: 'boolean', title });
const object = (properties: Record<string, DataSchema>): DataSchema => ({ type: 'object', properties });
const list = (title: Text, items: DataSchema): DataSchema => ({ type: 'array', title, items });

/**
 * What the driver reports for good. Payloads are declared in `../facts`; only one without nulls can be told to the panel
 * as a data schema too.
 */
export const events = {
  reading: {
    title: { en: 'Meter reading', ru: 'Показания счётчиков' },
  },
  exception: {
    title: { en: 'Told by the machine', ru: 'Сообщение автомата' },
    data: object({
      number: whole({ en: 'Number', ru: 'Номер' }),
      code: word({ en: 'Code', ru: 'Код' }),
      name: word({ en: 'Name', ru: 'Название' }),
      title: word({ en: 'Meaning', ru: 'Значение' }),
      realTime: yes({ en: 'In real-time mode', ru: 'В режиме реального времени' }),
      data: list(
        { en: 'What came with it', ru: 'Что пришло с ним' },
        object({ name: word({ en: 'Field', ru: 'Поле' }), value: word({ en: 'Value', ru: 'Значение' }) }),
      ),
      maybeRepeated: yes({ en: 'May be the one before, told again', ru: 'Возможно, повтор предыдущего' }),
    }),
    severity: 'notice',
  },
  identity: {
    title: { en: 'Which machine answers', ru: 'Какой автомат отвечает' },
    severity: 'info',
  },
  configuration: {
    title: { en: 'How the machine is set up', ru: 'Как настроен автомат' },
    severity: 'info',
  },
  handpay: {
    title: { en: 'Handpay', ru: 'Ручная выплата' },
    severity: 'warning',
  },
  transfer: {
    title: { en: 'Step of a transfer', ru: 'Шаг перевода' },
    severity: 'notice',
  },
} satisfies ThingModelInput['events'];
