import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@vakhta/kernel';
import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { isLoopback, type LiveConfig, liveConfigOf } from './desk-settings/live-config.ts';
import { logLevels } from './platform/log/log.ts';
import { type LocalTls, localTls } from './platform/tls/local-authority.ts';
import type { TlsFiles } from './platform/tls/secure-context.ts';

const flag = z.enum(['0', '1']).transform((value) => value === '1');

const TOPIC = /^[^+#\s/$]([^+#\s]*[^+#\s/])?$/;
const keptDays = z.coerce.number().int().min(1).max(36_500).optional();

/** Every setting of the server, by its environment variable. `describe` is what `--help` and the docs say. */
export const settings = {
  VAKHTA_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('Port to listen on; 0 for any free one'),
  VAKHTA_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; anything but loopback needs TLS'),
  VAKHTA_DATA: z.string().min(1).optional().describe('Directory for everything that is kept'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional()
    .describe('A PostgreSQL (15 or newer) of your own; without it one is run in the data directory'),
  VAKHTA_TLS_CERT: z.string().min(1).optional().describe('PEM file of the certificate with its chain'),
  VAKHTA_TLS_KEY: z.string().min(1).optional().describe('PEM file of the certificate’s private key'),
  VAKHTA_TLS_LOCAL: flag
    .default(false)
    .describe('1: use the certificate that `vakhta tls init` made, and renew it in time'),
  VAKHTA_BEHIND_PROXY: flag
    .default(false)
    .describe('1: a proxy in front does TLS and sets X-Forwarded-For, -Proto and -Host'),
  VAKHTA_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })
    .optional()
    .describe('Where people open the desk, for the links in mails; the address it listens on unless given'),
  VAKHTA_SMTP_URL: z
    .url({ protocol: /^smtps?$/, hostname: /./, error: 'must begin with smtp:// or smtps://' })
    .optional()
    .describe(
      'Mail server that alerts are sent through, smtps://user:password@host; without it no mail is sent',
    ),
  VAKHTA_MAIL_FROM: z
    .string()
    .min(3)
    .optional()
    .describe('Sender of mails, “Vakhta <desk@example.org>”; needed with VAKHTA_SMTP_URL'),
  VAKHTA_KEEP_VALUES_DAYS: keptDays.describe(
    'How long values of properties stay in the log, in days; a month goes once all of it is older; for good unless given',
  ),
  VAKHTA_KEEP_CONTACT_DAYS: keptDays.describe(
    'How long the log says when things answered and when not, in days; for good unless given',
  ),
  VAKHTA_KEEP_EVENTS_DAYS: keptDays.describe(
    'How long events and what became of commands stay in the log, in days; for good unless given',
  ),
  VAKHTA_CASINO_MIRROR_URL: z
    .url({
      protocol: /^(postgres|postgresql|mssql)$/,
      hostname: /./,
      error: 'must begin with postgres:// or mssql://',
    })
    .optional()
    .describe(
      'Database of your own that the books of every casino hall are copied into, postgres://user:password@host/database or mssql://…; without it none is',
    ),
  VAKHTA_CASINO_MIRROR_SCHEMA: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'letters, digits and underscores, at most 63')
    .default('vakhta')
    .describe('Schema in that database; it is made if it is missing'),
  VAKHTA_MQTT_URL: z
    .url({ protocol: /^mqtts?$/, hostname: /./, error: 'must begin with mqtt:// or mqtts://' })
    .optional()
    .describe(
      'MQTT broker that states and events are told to, mqtts://user:password@host; without it none is told',
    ),
  VAKHTA_MQTT_TOPIC: z
    .string()
    .regex(TOPIC, 'must be a topic without wildcards')
    .default('vakhta')
    .describe('Topic at the broker below which everything of this desk stands'),
  VAKHTA_MQTT_DISCOVERY: z
    .string()
    .regex(TOPIC, 'must be a topic without wildcards')
    .default('homeassistant')
    .describe('Topic below which Home Assistant looks for devices'),
  VAKHTA_MQTT_LANGUAGE: z
    .enum(['en', 'ru'])
    .default('en')
    .describe('Language of the names that Home Assistant is told: en, ru'),
  VAKHTA_LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe(`The least important log lines: ${logLevels.join(', ')}`),
  VAKHTA_SIGNING_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Ed25519 key (PKCS#8 PEM) that signs commands; else kept in the data directory'),
  VAKHTA_SESSION_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Signs session cookies; else kept in the data directory'),
  VAKHTA_DATABASE_PASSWORD: z
    .string()
    .min(16)
    .optional()
    .describe('Of the embedded PostgreSQL; else kept in the data directory'),
} as const satisfies Record<string, z.ZodType>;

export type SettingName = keyof typeof settings;

export interface Config extends LiveConfig {
  host: string;
  port: number;
  /** Absolute. */
  data: string;
  databaseUrl: string | undefined;
  tls: TlsFiles | LocalTls | undefined;
  behindProxy: boolean;
  /** What the environment says, by setting; nothing of it can be changed but there. */
  given?: Readonly<Partial<Record<SettingName, string>>>;
  /** Secrets given by the environment, in place of those kept in the data directory. */
  secrets: {
    signingKey: string | undefined;
    sessionSecret: string | undefined;
    databasePassword: string | undefined;
  };
}

/** Reads the environment. Throws `UsageError` that names the variable and the rule. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  refuseUnknownNames(env);
  const given = withoutEmpty(env);
  const parsed = z.object(settings).safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError('config.invalid', `${issue.path.join('.')}: ${issue.message}`);
  }
  const value = parsed.data;
  if ((value.VAKHTA_TLS_CERT === undefined) !== (value.VAKHTA_TLS_KEY === undefined))
    throw new UsageError('config.invalid', 'VAKHTA_TLS_CERT and VAKHTA_TLS_KEY: give both or neither');
  if (value.VAKHTA_TLS_LOCAL && value.VAKHTA_TLS_CERT !== undefined)
    throw new UsageError('config.invalid', 'VAKHTA_TLS_LOCAL and VAKHTA_TLS_CERT: give one or the other');
  const data = value.VAKHTA_DATA ?? defaultDataDirectory(env);
  const config: Config = {
    host: value.VAKHTA_HOST,
    port: value.VAKHTA_PORT,
    data,
    databaseUrl: value.DATABASE_URL,
    tls: tlsOf(value, data),
    behindProxy: value.VAKHTA_BEHIND_PROXY,
    ...liveConfigOf(value),
    given,
    secrets: {
      signingKey: value.VAKHTA_SIGNING_KEY,
      sessionSecret: value.VAKHTA_SESSION_SECRET,
      databasePassword: value.VAKHTA_DATABASE_PASSWORD,
    },
  };
  if (!config.tls && !config.behindProxy && !isLoopback(config.host))
    throw new UsageError(
      'config.needs_tls',
      `VAKHTA_HOST=${config.host} would send passwords in the clear: set VAKHTA_TLS_CERT and VAKHTA_TLS_KEY, or run ` +
        '`vakhta tls init` and set VAKHTA_TLS_LOCAL=1, or VAKHTA_BEHIND_PROXY=1 if a proxy in front does TLS',
    );
  return config;
}

function tlsOf(
  given: { VAKHTA_TLS_CERT?: string; VAKHTA_TLS_KEY?: string; VAKHTA_TLS_LOCAL: boolean },
  data: string,
): Config['tls'] {
  if (given.VAKHTA_TLS_LOCAL) return localTls(data);
  if (given.VAKHTA_TLS_CERT === undefined || given.VAKHTA_TLS_KEY === undefined) return undefined;
  return { certFile: given.VAKHTA_TLS_CERT, keyFile: given.VAKHTA_TLS_KEY };
}

export { isLoopback };

/** Where people open a desk that listens on `port`. */
export function publicUrl({ host, tls }: Pick<Config, 'host' | 'tls'>, port: number): string {
  // An address that means "all" is not one to open.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}

/** A mistyped name would be a setting silently not made. */
function refuseUnknownNames(env: NodeJS.ProcessEnv): void {
  const known = Object.keys(settings);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('VAKHTA_') || known.includes(name)) continue;
    const nearest = closest(name, known);
    const hint = distance(name, nearest) <= 4 ? `; did you mean ${nearest}?` : '';
    throw new UsageError('config.unknown', `${name} is no setting${hint}`);
  }
}

/** What the environment says of our settings. `VAKHTA_HOST=` in an environment file means: not set. */
const withoutEmpty = (env: NodeJS.ProcessEnv): Partial<Record<SettingName, string>> =>
  Object.fromEntries(Object.keys(settings).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));

function defaultDataDirectory(env: NodeJS.ProcessEnv): string {
  if (process.getuid?.() === 0) return '/var/lib/vakhta';
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'vakhta');
}
