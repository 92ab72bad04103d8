import type { DeskSetting } from '@vakhta/api';
import type { DataSchema, Localized } from '@vakhta/things';
import * as z from 'zod';
import { type SettingName, settings } from '../config.ts';
import { settingWords } from '../setting-words.ts';

interface SettingGroup {
  title: Localized;
  help: Localized;
  /** restart: read from the environment at the start, shown here only. */
  applies: 'live' | 'restart';
  names: readonly SettingName[];
}

/** Every setting, as a page shows them. What stands in a live group can be changed while the desk runs. */
export const settingGroups = [
  {
    title: { en: 'The desk', ru: 'Сервер' },
    help: { en: 'How people come to it', ru: 'Как люди к нему попадают' },
    applies: 'live',
    names: ['VAKHTA_PUBLIC_URL'],
  },
  {
    title: { en: 'Mail', ru: 'Почта' },
    help: {
      en: 'Through which server alerts, invitations and new passwords are sent',
      ru: 'Через какой сервер уходят тревоги, приглашения и новые пароли',
    },
    applies: 'live',
    names: ['VAKHTA_SMTP_URL', 'VAKHTA_MAIL_FROM'],
  },
  {
    title: { en: 'What is kept', ru: 'Сроки хранения' },
    help: {
      en: 'What is older is dropped for good, month by month, within six hours',
      ru: 'То, что старше, удаляется навсегда, помесячно, в течение шести часов',
    },
    applies: 'live',
    names: ['VAKHTA_KEEP_VALUES_DAYS', 'VAKHTA_KEEP_CONTACT_DAYS', 'VAKHTA_KEEP_EVENTS_DAYS'],
  },
  {
    title: { en: 'MQTT', ru: 'MQTT' },
    help: {
      en: 'States and events for other programs; a change connects anew',
      ru: 'Состояния и события для других программ; после изменения сервер подключается заново',
    },
    applies: 'live',
    names: ['VAKHTA_MQTT_URL', 'VAKHTA_MQTT_TOPIC', 'VAKHTA_MQTT_DISCOVERY', 'VAKHTA_MQTT_LANGUAGE'],
  },
  {
    title: { en: 'Casino mirror', ru: 'Зеркало казино' },
    help: {
      en: 'A copy of the books in a database of your own, one way; its lag stands in each hall’s set-up',
      ru: 'Копия учёта в вашей базе, в одну сторону; отставание видно в устройстве каждого зала',
    },
    applies: 'live',
    names: ['VAKHTA_CASINO_MIRROR_URL', 'VAKHTA_CASINO_MIRROR_SCHEMA'],
  },
  {
    title: { en: 'Log', ru: 'Журнал работы' },
    help: {
      en: 'What the server writes of its own work; “debug” tells of every request, batch and job',
      ru: 'Что сервер пишет о своей работе; «debug» рассказывает о каждом запросе, пачке и задании',
    },
    applies: 'live',
    names: ['VAKHTA_LOG_LEVEL'],
  },
  {
    title: { en: 'Read at the start', ru: 'Читается при запуске' },
    help: {
      en: 'Change these in the environment of the server and restart it',
      ru: 'Измените их в окружении сервера и перезапустите его',
    },
    applies: 'restart',
    names: [
      'VAKHTA_HOST',
      'VAKHTA_PORT',
      'VAKHTA_BEHIND_PROXY',
      'VAKHTA_TLS_LOCAL',
      'VAKHTA_TLS_CERT',
      'VAKHTA_TLS_KEY',
      'VAKHTA_DATA',
      'DATABASE_URL',
      'VAKHTA_SIGNING_KEY',
      'VAKHTA_SESSION_SECRET',
      'VAKHTA_DATABASE_PASSWORD',
    ],
  },
] as const satisfies readonly SettingGroup[];

type LiveGroup = Extract<(typeof settingGroups)[number], { applies: 'live' }>;
export type LiveSettingName = LiveGroup['names'][number];

const liveNames: ReadonlySet<string> = new Set(
  settingGroups.flatMap((group): readonly string[] => (group.applies === 'live' ? group.names : [])),
);
export const isLiveSetting = (name: string): name is LiveSettingName => liveNames.has(name);

/** Never shown again: of addresses all but the password is, of the others only that they are given. */
const addressesWithPassword: ReadonlySet<SettingName> = new Set([
  'VAKHTA_SMTP_URL',
  'VAKHTA_MQTT_URL',
  'VAKHTA_CASINO_MIRROR_URL',
  'DATABASE_URL',
]);
const secrets: ReadonlySet<SettingName> = new Set([
  'VAKHTA_SIGNING_KEY',
  'VAKHTA_SESSION_SECRET',
  'VAKHTA_DATABASE_PASSWORD',
]);
export const isSecret = (name: SettingName): boolean => addressesWithPassword.has(name) || secrets.has(name);

const HIDDEN = '•••';

/** What may be seen of a setting's value. */
export function shownValue(name: SettingName, value: unknown): DeskSetting['value'] {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  if (secrets.has(name)) return HIDDEN;
  if (!addressesWithPassword.has(name)) return value;
  const address = new URL(String(value));
  // What stands behind a '?' may hold keys too.
  return `${address.protocol}//${address.username && `${decodeURIComponent(address.username)}:${HIDDEN}@`}${address.host}${address.pathname}`;
}

/** The setting as a form draws it, from the one schema that validates it. */
export function fieldOf(name: SettingName): DataSchema {
  const {
    type,
    minimum,
    maximum,
    minLength,
    enum: admitted,
    default: unset,
  } = z.toJSONSchema(settings[name], {
    io: 'output',
    unrepresentable: 'any',
  });
  const { label, help } = settingWords[name];
  return {
    type: type === 'integer' || type === 'boolean' ? type : 'string',
    title: label,
    description: help,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(minLength !== undefined && { minLength }),
    ...(admitted && {
      choices: admitted.map((one) => ({ const: String(one), title: { en: String(one), ru: String(one) } })),
    }),
    ...(unset !== undefined && { default: unset }),
    ...(isSecret(name) && { display: 'secret' as const }),
  };
}
