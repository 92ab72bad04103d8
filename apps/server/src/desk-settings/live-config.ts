import { days, UsageError } from '@vakhta/kernel';
import type { Retention } from '../core/history/retention/drop-old-months.ts';
import type { MqttExportSettings } from '../core/mqtt-export/mqtt-export.ts';
import type { MirrorSettings } from '../domains/casino/mirror/hall-mirrors.ts';
import type { LogLevel } from '../platform/log/log.ts';

/** What of the configuration may change while the desk runs. */
export interface LiveConfig {
  logLevel: LogLevel;
  /** Where people open the desk, without a slash at the end; undefined: the address it listens on. */
  publicUrl: string | undefined;
  mail: { url: string; from: string } | undefined;
  /** How long each kind of observation stays in the log; for good where none is named. */
  retention: Retention;
  /** Where states and events are told besides; undefined: nowhere. */
  mqtt: MqttExportSettings | undefined;
  /** Where the books of casino halls are copied to; undefined: nowhere. */
  casinoMirror: MirrorSettings | undefined;
}

/** The settings that it is made of, parsed; by the same names in the environment and in the panel. */
export interface LiveValues {
  VAKHTA_LOG_LEVEL: LogLevel;
  VAKHTA_PUBLIC_URL?: string | undefined;
  VAKHTA_SMTP_URL?: string | undefined;
  VAKHTA_MAIL_FROM?: string | undefined;
  VAKHTA_KEEP_VALUES_DAYS?: number | undefined;
  VAKHTA_KEEP_CONTACT_DAYS?: number | undefined;
  VAKHTA_KEEP_EVENTS_DAYS?: number | undefined;
  VAKHTA_MQTT_URL?: string | undefined;
  VAKHTA_MQTT_TOPIC: string;
  VAKHTA_MQTT_DISCOVERY: string;
  VAKHTA_MQTT_LANGUAGE: 'en' | 'ru';
  VAKHTA_CASINO_MIRROR_URL?: string | undefined;
  VAKHTA_CASINO_MIRROR_SCHEMA: string;
}

/** Throws `UsageError` with `field` and `rule` in its context where settings do not go together. */
export function liveConfigOf(value: LiveValues): LiveConfig {
  const { VAKHTA_SMTP_URL: smtp, VAKHTA_MAIL_FROM: from, VAKHTA_MQTT_URL: broker } = value;
  if ((smtp === undefined) !== (from === undefined))
    throw unfit(
      'config.invalid',
      smtp === undefined ? 'VAKHTA_SMTP_URL' : 'VAKHTA_MAIL_FROM',
      'required',
      'VAKHTA_SMTP_URL and VAKHTA_MAIL_FROM: give both or neither',
    );
  if (broker !== undefined && sendsPasswordInTheClear(broker))
    throw unfit(
      'config.needs_tls',
      'VAKHTA_MQTT_URL',
      'tls',
      'VAKHTA_MQTT_URL would send a password in the clear: use mqtts://, or a broker on this machine',
    );
  return {
    logLevel: value.VAKHTA_LOG_LEVEL,
    publicUrl: value.VAKHTA_PUBLIC_URL?.replace(/\/+$/, ''),
    mail: smtp === undefined || from === undefined ? undefined : { url: smtp, from },
    mqtt:
      broker === undefined
        ? undefined
        : {
            url: broker,
            topic: value.VAKHTA_MQTT_TOPIC,
            discovery: value.VAKHTA_MQTT_DISCOVERY,
            language: value.VAKHTA_MQTT_LANGUAGE,
          },
    casinoMirror: value.VAKHTA_CASINO_MIRROR_URL
      ? { url: value.VAKHTA_CASINO_MIRROR_URL, schema: value.VAKHTA_CASINO_MIRROR_SCHEMA }
      : undefined,
    retention: retentionOf({
      property: value.VAKHTA_KEEP_VALUES_DAYS,
      presence: value.VAKHTA_KEEP_CONTACT_DAYS,
      event: value.VAKHTA_KEEP_EVENTS_DAYS,
      agent: value.VAKHTA_KEEP_EVENTS_DAYS,
      command: value.VAKHTA_KEEP_EVENTS_DAYS,
    }),
  };
}

const unfit = (code: string, field: string, rule: string, message: string) =>
  new UsageError(code, message, { context: { field, rule } });

function sendsPasswordInTheClear(url: string): boolean {
  const { protocol, hostname, password } = new URL(url);
  return protocol === 'mqtt:' && password !== '' && !isLoopback(hostname);
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const retentionOf = (given: Record<string, number | undefined>): Retention =>
  Object.fromEntries(
    Object.entries(given).flatMap(([kind, kept]) => (kept === undefined ? [] : [[kind, days(kept)]])),
  );
