import { type AgentId, canonicalJson, type Json, type OrganisationId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { toLoggable } from '../apps/server/src/core/ingest/logged.ts';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import { freshId } from '../apps/server/test/fixture.ts';
import type { Remains } from './outbox-remains.ts';
import type { Change, ToldBy } from './tv-history.ts';

/** A row of the log, of what these runs look at. */
export interface LogRow {
  id: number;
  stream: string;
  seq: number;
  kind: string;
  thing: string | null;
  name: string;
  data: Json;
  at: number;
}

export interface CommandRow {
  id: string;
  thing: string;
  action: string;
  input: Record<string, Json>;
  state: string;
}

export async function readLog(database: Database): Promise<LogRow[]> {
  const { rows } = await database.system((tx) =>
    sql<Omit<LogRow, 'at'> & { at: Date }>`
      select id, stream, seq, kind, thing_id as thing, name, data, at from log order by id`.execute(tx),
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

export async function readCommands(database: Database): Promise<CommandRow[]> {
  const { rows } = await database.system((tx) =>
    sql<CommandRow>`select id, thing_id as thing, action, input, state from commands order by id`.execute(tx),
  );
  return rows;
}

/** Numbers follow on in the log, each there once. */
export function compareNumbers(log: readonly LogRow[]): string[] {
  return [...Map.groupBy(log, (row) => row.stream)].flatMap(([stream, rows]) =>
    rows.flatMap((row, index) =>
      row.seq === index + 1 ? [] : [`stream ${stream}: seq ${row.seq} is where ${index + 1} belongs`],
    ),
  );
}

/** Whose an observation is stands beside it in the log, not in it. */
const somebody = { organisation: freshId<OrganisationId>(), agent: freshId<AgentId>(), thing: null };

/** What lay on a dead agent's disk is in the log, word by word, under the number it had. */
export function compareRemains(log: readonly LogRow[], remains: readonly Remains[]): string[] {
  const logged = new Map(log.map((row) => [`${row.stream} ${row.seq}`, row]));
  return remains.flatMap(({ stream, rows }) =>
    rows.flatMap(({ seq, observation }) => {
      const row = logged.get(`${stream} ${seq}`);
      const { kind, name, data, at } = toLoggable(observation, somebody);
      const meant = canonicalJson([kind, name, data, at]);
      const found = row && canonicalJson([row.kind, row.name, row.data, row.at]);
      if (found === meant) return [];
      return [`seq ${seq} of stream ${stream} was promised as ${meant} and is ${found ?? 'lost'}`];
    }),
  );
}

/** What an event tells of the property, if anything. */
export const told: Record<ToldBy, (row: LogRow) => string | undefined> = {
  power: (row) => (row.name === 'powerChanged' ? toOf(row) : undefined),
  mains: (row) => (row.name === 'mainsChanged' ? toOf(row) : undefined),
  cable: (row) =>
    row.name === 'cableLost' ? 'noLinkFault' : row.name === 'cableRestored' ? 'link' : undefined,
};

const toOf = (row: LogRow): string => String((row.data as { to: Json }).to);

export interface Witness {
  log: readonly LogRow[];
  /** Ids up to here were looked at before. */
  since: number;
  /** When `kill -9` was sent to the agent, ever. */
  agentDeaths: readonly number[];
}

/**
 * What happened to one TV since, against the events of it. An agent tells a change it saw: it must have lived from
 * before the change until it told it, and must have told the value before. What it saw is told exactly once, and nothing
 * else is; but a link that is missing when an agent begins its life is told anew by each life.
 */
export function compareChanges(
  thing: string,
  property: ToldBy,
  changes: readonly Change[],
  witness: Witness,
): string[] {
  const { log, since } = witness;
  const events = log.filter(
    (row) =>
      row.id > since && row.kind === 'event' && row.thing === thing && told[property](row) !== undefined,
  );
  const lives = log.filter((row) => row.id > since && row.kind === 'agent' && row.name === 'started').length;
  const differences: string[] = [];
  for (const change of changes) {
    const times = events.filter((row) => told[property](row) === change.to && row.at >= change.at).length;
    const most = change.to === 'noLinkFault' ? 1 + lives : 1;
    const what = `${change.tv}: ${property} ${change.from} -> ${change.to}`;
    if (times > most) differences.push(`${what} was told ${times} times`);
    if (times === 0 && wasSeen(thing, change, witness)) differences.push(`${what} was seen and is lost`);
  }
  const happened = new Set(changes.map((change) => change.to));
  const retold = property === 'cable' && lives > 0 ? 'noLinkFault' : undefined;
  for (const row of events) {
    const to = told[property](row)!;
    if (!happened.has(to) && to !== retold) differences.push(`${property} -> ${to} was told and never was`);
  }
  return differences;
}

/** Whether one life of the agent had told the value before the change, and lived on. */
export function wasSeen(thing: string, change: Change, { log, agentDeaths }: Witness): boolean {
  const life = log.findLast((row) => row.kind === 'agent' && row.name === 'started' && row.at <= change.at);
  if (!life || agentDeaths.some((at) => at >= life.at)) return false;
  const before = log.findLast(
    (row) =>
      row.id > life.id &&
      row.kind === 'property' &&
      row.thing === thing &&
      row.name === change.property &&
      row.at < change.at,
  );
  return before?.data === change.from;
}

/** How often a command in each final state may have been carried out. */
const mayHaveRun: Record<string, readonly number[]> = {
  succeeded: [1],
  failed: [0, 1],
  unknown: [0, 1],
  refused: [0],
  expired: [0],
};

/** What the TVs did against what was asked of them and what became of it. `tvOf` names a thing's TV. */
export function compareCommands(
  commands: readonly CommandRow[],
  effects: ReadonlyMap<string, number>,
  tvOf: ReadonlyMap<string, string>,
): string[] {
  const differences: string[] = [];
  const asked = new Set<string>();
  for (const { id, thing, action, input, state } of commands) {
    const effect = action === 'setVolume' ? `volume ${input.volume}` : `key ${input.key}`;
    const key = `${tvOf.get(thing)} ${effect}`;
    if (asked.has(key)) differences.push(`the run asked twice for the same: ${key}`);
    asked.add(key);
    const runs = effects.get(key) ?? 0;
    if (!mayHaveRun[state]?.includes(runs))
      differences.push(`command ${id} (${key}) is ${state} and was carried out ${runs} times`);
  }
  for (const key of effects.keys())
    if (!asked.has(key)) differences.push(`${key} was done and never asked for`);
  return differences;
}
