import type { Choice } from '@vakhta/things';

/** What an agent tells of itself that a person may want to be told of. */
export const agentEventChoices: Choice[] = [
  { const: 'driver_crashed', title: { en: 'A driver crashed', ru: 'Сбой драйвера' } },
  { const: 'outbox_full', title: { en: 'Its queue is full', ru: 'Очередь переполнена' } },
  { const: 'disk_full', title: { en: 'Its disk is full', ru: 'Диск заполнен' } },
  { const: 'clock_jumped', title: { en: 'Its clock jumped', ru: 'Часы скакнули' } },
  { const: 'order_refused', title: { en: 'It refused an order', ru: 'Агент отказал в команде' } },
  { const: 'stream_renewed', title: { en: 'Its queue was lost', ru: 'Очередь утрачена' } },
  { const: 'started', title: { en: 'It started', ru: 'Агент запустился' } },
];
