import type { AlertRuleKind, AlertRuleSettings } from '@vakhta/api';
import {
  type Clock,
  canonicalJson,
  type Json,
  newId,
  type OrganisationId,
  type Random,
} from '@vakhta/kernel';
import type { Localized, ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import { selectModels } from '../things/thing-store.ts';
import { writeRule } from './rule-store.ts';

/** A rule that every organisation has, until people tune it or switch it off. */
export interface BuiltInRule {
  /** Stable: 'agent.absent', 'android-tv.cableFault'. */
  name: string;
  title: Localized;
  help: Localized;
  kind: AlertRuleKind;
  condition: Record<string, Json>;
  settings: Pick<AlertRuleSettings, 'severity' | 'forSeconds' | 'clearAfterSeconds'>;
}

/** Those that need to know nothing of any kind of thing. */
export const builtInRules: readonly BuiltInRule[] = [
  {
    name: 'agent.absent',
    title: { en: 'Agent out of contact', ru: 'Нет связи с агентом' },
    help: {
      en: 'Nothing is known of its things now, and no command reaches them. Look at the mini-PC’s power and network; its queue keeps what happens meanwhile.',
      ru: 'Об его устройствах сейчас ничего не известно, команды до них не доходят. Проверьте питание и сеть мини-ПК; всё, что происходит, копится в его очереди.',
    },
    kind: 'absence',
    condition: { of: 'agent' },
    settings: { severity: 'critical', forSeconds: 30, clearAfterSeconds: 10 },
  },
  {
    name: 'thing.absent',
    title: { en: 'Out of contact', ru: 'Нет связи с устройством' },
    help: {
      en: 'Its agent is well but hears nothing from it: look at its power, its cable and its address.',
      ru: 'Агент на связи, но устройство ему не отвечает: проверьте питание, кабель и адрес.',
    },
    kind: 'absence',
    condition: { of: 'thing' },
    settings: { severity: 'warning', forSeconds: 120, clearAfterSeconds: 10 },
  },
  {
    name: 'driver.crashes',
    title: { en: 'Its driver keeps crashing', ru: 'Драйвер постоянно падает' },
    help: {
      en: 'The program that speaks to the machine crashed three times in ten minutes. The agent’s page says why; it is a fault to report.',
      ru: 'Программа, которая говорит с устройством, упала три раза за десять минут. Причина — на странице агента; о такой ошибке стоит сообщить.',
    },
    kind: 'agentEvent',
    condition: { event: 'driver_crashed', times: 3, within: 600 },
    settings: { severity: 'warning', forSeconds: 0, clearAfterSeconds: 600 },
  },
  {
    name: 'agent.outbox_full',
    title: { en: 'Agent’s queue is full', ru: 'Очередь агента переполнена' },
    help: {
      en: 'It cannot hand over what it observes, and machines that count on it have to wait. Look at its connection and its disk.',
      ru: 'Агент не может передать наблюдения, и устройства вынуждены ждать. Проверьте его связь и диск.',
    },
    kind: 'agentEvent',
    condition: { event: 'outbox_full', times: 1, within: 600 },
    settings: { severity: 'critical', forSeconds: 0, clearAfterSeconds: 600 },
  },
  {
    name: 'agent.disk_full',
    title: { en: 'Agent’s disk is full', ru: 'Диск агента заполнен' },
    help: {
      en: 'Nothing more can be kept on the mini-PC: make room on its disk.',
      ru: 'На мини-ПК больше ничего не сохраняется: освободите место на диске.',
    },
    kind: 'agentEvent',
    condition: { event: 'disk_full', times: 1, within: 600 },
    settings: { severity: 'critical', forSeconds: 0, clearAfterSeconds: 600 },
  },
];

/** Those that a kind of thing declares of itself. */
const rulesOfModel = (model: ThingModel): BuiltInRule[] =>
  // Models that older agents brought know of no alerts.
  Object.entries(model.alerts ?? {}).map(([name, alert]) => ({
    name: `${model.id}.${name}`,
    title: alert.title,
    help: alert.help,
    kind: 'state',
    condition: {
      model: model.id,
      property: alert.when.property,
      comparison: 'equals',
      value: typeof alert.when.equals === 'string' ? alert.when.equals : JSON.stringify(alert.when.equals),
    },
    settings: { severity: alert.severity, forSeconds: Math.ceil(alert.for / 1000), clearAfterSeconds: 10 },
  }));

interface KnownRule {
  id: string;
  built_in: string;
  edited: boolean;
  declaration: string;
}

/** Gives every organisation the built-in rules it lacks, and brings those nobody tuned to what is declared now. */
export async function ensureBuiltInRules(
  database: Database,
  deps: { clock: Clock; random: Random },
): Promise<OrganisationId[]> {
  const organisations = await database.system(async (tx) => {
    const { rows } = await sql<{ org_id: OrganisationId }>`select org_id from organisations`.execute(tx);
    return rows.map((row) => row.org_id);
  });
  const changed: OrganisationId[] = [];
  for (const organisation of organisations)
    if (await database.tenant(organisation, (tx) => ensureIn(tx, organisation, deps)))
      changed.push(organisation);
  return changed;
}

async function ensureIn(
  tx: Tx,
  organisation: OrganisationId,
  deps: { clock: Clock; random: Random },
): Promise<boolean> {
  const declared = [...builtInRules, ...(await selectModels(tx)).flatMap(rulesOfModel)];
  const known = await knownRules(tx);
  const wanted = declared.filter((rule) => {
    const there = known.get(rule.name);
    return !there || (!there.edited && there.declaration !== declarationOf(rule));
  });
  for (const rule of wanted)
    await writeRule(tx, {
      id: known.get(rule.name)?.id ?? newId(deps),
      organisation,
      name: rule.title.en,
      kind: rule.kind,
      condition: rule.condition,
      ...rule.settings,
      escalateAfterMinutes: null,
      site: null,
      group: null,
      enabled: true,
      builtIn: rule,
      edited: false,
    });
  return wanted.length > 0;
}

const declarationOf = ({ title, help, condition, settings }: BuiltInRule): string =>
  canonicalJson({ title, help, condition, settings });

async function knownRules(tx: Tx): Promise<ReadonlyMap<string, KnownRule>> {
  const { rows } = await sql<{
    id: string;
    built_in: string;
    edited: boolean;
    words: { title: Localized; help: Localized };
    condition: Record<string, Json>;
    severity: BuiltInRule['settings']['severity'];
    for_seconds: number;
    clear_after_seconds: number;
  }>`
    select id, built_in, edited, words, condition, severity, for_seconds, clear_after_seconds
    from alert_rules where built_in is not null`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.built_in,
      {
        id: row.id,
        built_in: row.built_in,
        edited: row.edited,
        declaration: canonicalJson({
          ...row.words,
          condition: row.condition,
          settings: {
            severity: row.severity,
            forSeconds: row.for_seconds,
            clearAfterSeconds: row.clear_after_seconds,
          },
        }),
      },
    ]),
  );
}
