import type { DataSchema, ThingModelInput } from '@vakhta/things';

const change = (schema: DataSchema): DataSchema => ({
  type: 'object',
  properties: {
    from: { ...schema, title: { en: 'Before', ru: 'Было' } },
    to: { ...schema, title: { en: 'Now', ru: 'Стало' } },
  },
});

export const events = {
  powerChanged: {
    title: { en: 'Switched on or off', ru: 'Включён или выключен' },
    data: change({ type: 'string' }),
    severity: 'notice',
  },
  sourceChanged: {
    title: { en: 'Source changed', ru: 'Сменился источник' },
    data: change({ type: 'string' }),
    severity: 'notice',
  },
  appChanged: {
    title: { en: 'Another app in front', ru: 'Другое приложение на экране' },
    data: change({ type: 'string' }),
  },
  mainsChanged: {
    title: { en: 'Mains switched', ru: 'Питание переключено' },
    data: change({ type: 'string' }),
    severity: 'notice',
  },
  cableLost: {
    title: { en: 'Cable: link lost', ru: 'Кабель: связь пропала' },
    description: {
      en: 'The link is gone though the TV has mains and was awake',
      ru: 'Связи нет, хотя питание подано и телевизор был включён',
    },
    severity: 'warning',
  },
  cableRestored: {
    title: { en: 'Cable: link is back', ru: 'Кабель: связь восстановлена' },
    severity: 'notice',
  },
  connectionLost: {
    title: { en: 'TV stopped answering', ru: 'Телевизор перестал отвечать' },
    data: {
      type: 'object',
      properties: { reason: { type: 'string', title: { en: 'Reason', ru: 'Причина' } } },
    },
    severity: 'warning',
  },
  connectionRestored: {
    title: { en: 'TV answers again', ru: 'Телевизор снова отвечает' },
    severity: 'notice',
  },
  authorisationNeeded: {
    title: { en: 'Accept on the screen', ru: 'Подтвердите доступ на экране' },
    description: {
      en: 'The TV shows a question: choose "Always allow" and accept',
      ru: 'На экране вопрос: отметьте «Всегда разрешать» и подтвердите',
    },
    severity: 'warning',
  },
  rebooted: {
    title: { en: 'TV restarted', ru: 'Телевизор перезагрузился' },
    data: {
      type: 'object',
      properties: {
        uptimeBefore: {
          type: 'integer',
          unit: 's',
          display: 'duration',
          title: { en: 'Ran before', ru: 'Проработал до этого' },
        },
      },
    },
    severity: 'warning',
  },
} satisfies ThingModelInput['events'];
