import type { DeskSettings } from '@vakhta/api';
import { UsageError } from '@vakhta/kernel';
import { sql } from 'kysely';
import * as z from 'zod';
import { type Config, type SettingName, settings } from '../config.ts';
import type { Principal } from '../core/access/principal.ts';
import { recordAudit } from '../core/audit/audit.ts';
import { fieldProblem } from '../platform/http/field-problem.ts';
import { HttpProblem } from '../platform/http/http-problem.ts';
import type { Log } from '../platform/log/log.ts';
import type { Database, Tx } from '../platform/postgres/database.ts';
import type { TextSealer } from '../platform/secrets/sealed-text.ts';
import { type LiveConfig, type LiveValues, liveConfigOf } from './live-config.ts';
import {
  fieldOf,
  isLiveSetting,
  isSecret,
  type LiveSettingName,
  settingGroups,
  shownValue,
} from './setting-groups.ts';

export interface LiveSettingsDeps {
  config: Config;
  database: Database;
  sealer: TextSealer;
  log: Log;
  /** Says to the other servers of this database that settings were changed. */
  tellNodes(): void;
}

type Texts = Partial<Record<SettingName, string>>;

/** Which settings make up each part of what is in effect. */
const parts = {
  logLevel: ['VAKHTA_LOG_LEVEL'],
  publicUrl: ['VAKHTA_PUBLIC_URL'],
  mail: ['VAKHTA_SMTP_URL', 'VAKHTA_MAIL_FROM'],
  retention: ['VAKHTA_KEEP_VALUES_DAYS', 'VAKHTA_KEEP_CONTACT_DAYS', 'VAKHTA_KEEP_EVENTS_DAYS'],
  mqtt: ['VAKHTA_MQTT_URL', 'VAKHTA_MQTT_TOPIC', 'VAKHTA_MQTT_DISCOVERY', 'VAKHTA_MQTT_LANGUAGE'],
  casinoMirror: ['VAKHTA_CASINO_MIRROR_URL', 'VAKHTA_CASINO_MIRROR_SCHEMA'],
} as const satisfies Record<keyof LiveConfig, readonly LiveSettingName[]>;

/**
 * Settings of the whole desk: what the environment says, else what was set in the panel and stands in the database,
 * else what is declared. Whoever follows `onChange` is told of each change, wherever it was made.
 */
export class LiveSettings {
  readonly #deps: LiveSettingsDeps;
  readonly #given: Texts;
  readonly #followers: ((now: LiveConfig) => void)[] = [];
  #stored: Texts = {};
  #current: LiveConfig;
  #loading: Promise<void> = Promise.resolve();

  constructor(deps: LiveSettingsDeps) {
    this.#deps = deps;
    this.#given = deps.config.given ?? {};
    this.#current = deps.config;
  }

  get current(): LiveConfig {
    return this.#current;
  }

  onChange(follow: (now: LiveConfig) => void): void {
    this.#followers.push(follow);
  }

  /** Takes over what stands in the database. One at a time, or an older reading could come last. */
  load(): Promise<void> {
    this.#loading = this.#loading.catch(() => {}).then(() => this.#load());
    return this.#loading;
  }

  async #load(): Promise<void> {
    const stored = await this.#deps.database.system((tx) => this.#read(tx));
    let next: LiveConfig;
    try {
      next = this.#effectOf(stored);
    } catch (err) {
      // Stored by a version with other rules, or no longer fit for what the environment says now.
      this.#deps.log.error({ event: 'settings.unfit', err });
      return;
    }
    this.#stored = stored;
    this.#current = next;
    for (const follow of this.#followers) follow(next);
  }

  view(): DeskSettings {
    const values = z.object(settings).parse({ ...this.#stored, ...this.#given });
    return {
      groups: settingGroups.map(({ title, help, applies, names }) => ({
        title,
        help,
        applies,
        settings: names.map((name: SettingName) => ({
          name,
          field: fieldOf(name),
          value: shownValue(name, values[name]),
          source:
            this.#given[name] !== undefined
              ? ('environment' as const)
              : this.#stored[name] !== undefined
                ? ('panel' as const)
                : ('default' as const),
          changeable: applies === 'live' && this.#given[name] === undefined,
        })),
      })),
    };
  }

  /** All or none. Throws `HttpProblem` that names the setting and the rule. */
  async change(
    { organisation, member }: Principal,
    values: Readonly<Record<string, string | number | null>>,
  ): Promise<DeskSettings> {
    const changes = Object.entries(values).map(([name, value]) => this.#checked(name, value));
    await this.#deps.database.system(async (tx) => {
      // Two who change at once are taken one after the other, each checked against what the other left.
      await sql`select pg_advisory_xact_lock(hashtext('desk_settings'))`.execute(tx);
      const stored = { ...(await this.#read(tx)) };
      for (const [name, text] of changes) {
        if (text === undefined) delete stored[name];
        else stored[name] = text;
      }
      this.#requireFit(stored);
      for (const [name, text] of changes) {
        await this.#write(tx, name, text);
        await recordAudit(tx, {
          organisation,
          actor: { kind: 'member', id: member },
          action: text === undefined ? 'desk.setting_taken_back' : 'desk.setting_changed',
          subject: { kind: 'setting', id: name },
          // An address of mail is a person's, and the audit is for good.
          ...(text !== undefined && isAudited(name) && { detail: { value: text } }),
        });
      }
    });
    await this.load();
    this.#deps.tellNodes();
    return this.view();
  }

  #checked(name: string, value: string | number | null): [LiveSettingName, string | undefined] {
    if (!Object.hasOwn(settings, name))
      throw new HttpProblem('invalid_field', `${name} is no setting`, {
        field: name,
        rule: 'additionalProperties',
      });
    if (!isLiveSetting(name))
      throw new HttpProblem('unprocessable', `${name} is read at the start: set it in the environment`, {
        field: name,
        rule: 'restart',
      });
    if (this.#given[name] !== undefined)
      throw new HttpProblem('conflict', `${name} is set by the environment, which wins`, {
        field: name,
        rule: 'environment',
      });
    if (value === null || value === '') return [name, undefined];
    const parsed = z.object({ [name]: settings[name] }).safeParse({ [name]: value }, { reportInput: true });
    if (!parsed.success) throw fieldProblem(parsed.error, undefined);
    return [name, String(value)];
  }

  #requireFit(stored: Texts): void {
    try {
      this.#effectOf(stored);
    } catch (cause) {
      if (!(cause instanceof UsageError)) throw cause;
      throw new HttpProblem('invalid_field', cause.message, {
        field: String(cause.context.field),
        rule: String(cause.context.rule),
        cause,
      });
    }
  }

  #effectOf(stored: Texts): LiveConfig {
    const derived = liveConfigOf(
      z.object(settings).parse({ ...stored, ...this.#given }) satisfies LiveValues,
    );
    const isSet = (part: keyof LiveConfig) =>
      parts[part].some((name) => stored[name] !== undefined && this.#given[name] === undefined);
    const { config } = this.#deps;
    return {
      logLevel: isSet('logLevel') ? derived.logLevel : config.logLevel,
      publicUrl: isSet('publicUrl') ? derived.publicUrl : config.publicUrl,
      mail: isSet('mail') ? derived.mail : config.mail,
      retention: isSet('retention') ? derived.retention : config.retention,
      mqtt: isSet('mqtt') ? derived.mqtt : config.mqtt,
      casinoMirror: isSet('casinoMirror') ? derived.casinoMirror : config.casinoMirror,
    };
  }

  async #read(tx: Tx): Promise<Texts> {
    const rows = await tx.selectFrom('desk_settings').select(['name', 'value']).execute();
    const texts: Texts = {};
    for (const { name, value } of rows) {
      // One that a newer server knows and this one does not is passed over.
      if (!isLiveSetting(name)) continue;
      const text = isSecret(name) ? this.#deps.sealer.open(value, name) : value;
      if (text === undefined) this.#deps.log.error({ event: 'settings.sealed_by_another', setting: name });
      else texts[name] = text;
    }
    return texts;
  }

  async #write(tx: Tx, name: LiveSettingName, text: string | undefined): Promise<void> {
    if (text === undefined) {
      await tx.deleteFrom('desk_settings').where('name', '=', name).execute();
      return;
    }
    const value = isSecret(name) ? this.#deps.sealer.seal(text, name) : text;
    await sql`
      insert into desk_settings (name, value) values (${name}, ${value})
      on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(tx);
  }
}

const isAudited = (name: LiveSettingName): boolean => !isSecret(name) && name !== 'VAKHTA_MAIL_FROM';
