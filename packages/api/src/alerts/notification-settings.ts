import type { DataSchema } from '@vakhta/things';
import * as z from 'zod';
import { severityChoices } from './severity.ts';

const clockText = '^([01]\\d|2[0-3]):[0-5]\\d$';

/** How a member wants to be told, as a form draws it. */
export const notificationSettings: DataSchema = {
  type: 'object',
  properties: {
    email: {
      type: 'string',
      title: { en: 'By mail', ru: 'Письмом' },
      description: {
        en: 'The least that is worth a mail. Many at once come in one.',
        ru: 'С какой важности присылать письмо. Многие сразу придут одним.',
      },
      choices: [{ const: 'never', title: { en: 'Never', ru: 'Никогда' } }, ...severityChoices],
    },
    tellCleared: {
      type: 'boolean',
      title: { en: 'Also when it is over', ru: 'И когда прошло' },
      description: {
        en: 'A mail when an alert you were told of has cleared',
        ru: 'Письмо, когда тревога, о которой вам писали, снялась',
      },
      default: true,
    },
    quietFrom: {
      type: 'string',
      title: { en: 'Quiet from', ru: 'Тихо с' },
      description: {
        en: 'HH:MM. What is not critical waits for the end of the quiet hours; empty for none.',
        ru: 'ЧЧ:ММ. Всё, кроме аварий, подождёт конца тихих часов; пусто — их нет.',
      },
      pattern: clockText,
    },
    quietUntil: {
      type: 'string',
      title: { en: 'Quiet until', ru: 'Тихо до' },
      description: {
        en: 'HH:MM, the next morning if it is earlier',
        ru: 'ЧЧ:ММ; если раньше начала — на следующее утро',
      },
      pattern: clockText,
    },
    timeZone: {
      type: 'string',
      title: { en: 'Time zone', ru: 'Часовой пояс' },
      description: {
        en: 'That of the quiet hours and of times in mails',
        ru: 'Тихих часов и времени в письмах',
      },
      optionsFrom: 'timeZones',
    },
    language: {
      type: 'string',
      title: { en: 'Language of mails', ru: 'Язык писем' },
      description: {
        en: 'The panel’s is chosen on each device',
        ru: 'Язык панели выбирается на каждом устройстве',
      },
      choices: [
        { const: 'ru', title: { en: 'Russian', ru: 'Русский' } },
        { const: 'en', title: { en: 'English', ru: 'Английский' } },
      ],
    },
  },
  required: ['email', 'timeZone', 'language'],
};

const ClockText = z.string().regex(new RegExp(clockText));
const TimeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { message: 'is no time zone' },
);

/** The same as a request carries it and the database keeps it. */
export const NotificationSettings = z
  .strictObject({
    email: z.enum(['never', 'notice', 'warning', 'critical']),
    tellCleared: z.boolean().default(true),
    quietFrom: ClockText.optional(),
    quietUntil: ClockText.optional(),
    timeZone: TimeZone,
    language: z.enum(['en', 'ru']),
  })
  .refine(({ quietFrom, quietUntil }) => (quietFrom === undefined) === (quietUntil === undefined), {
    path: ['quietUntil'],
    message: 'give both ends or neither',
  });
export type NotificationSettings = z.infer<typeof NotificationSettings>;
