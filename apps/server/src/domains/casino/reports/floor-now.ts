import type { CasinoMachine } from '@vakhta/api';
import { sql } from 'kysely';
import { gameDayOf } from '../game-days/game-day.ts';
import { type LinkState, linkOf } from '../hall/crediting.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { listMachines, type Machine } from '../hall/machine.ts';
import { thingsOf } from '../hall/thing-of.ts';
import { figureCodes, figuresOf } from './figures.ts';
import { openHandpays, toHandpay } from './handpays.ts';
import { movedByMachine } from './range.ts';

type Read = HallRef & { settings: HallSettings; now: Date };

/** Every machine of the hall as it stands, with what it did in the current game day. */
export async function floorNow(hall: Read): Promise<CasinoMachine[]> {
  const machines = await listMachines(hall);
  const today = gameDayOf(hall.now, hall.settings);
  const moved = await movedByMachine(hall, [today, today], figureCodes);
  const credits = await latestCredits(hall);
  const games = await lastGames(hall);
  const sessions = await openSessions(hall);
  const alerts = await openAlerts(hall);
  const links = await linksOf(hall, machines);
  const things = await thingsOf(hall);
  const handpays = new Map((await openHandpays(hall)).map((one) => [one.machine, toHandpay(one)]));
  return machines.map((machine) => {
    const figures = figuresOf(moved.get(machine.id)?.moved ?? []);
    const session = sessions.get(machine.id);
    const link = links.get(machine.agent)!;
    return {
      machine: machine.id,
      thing: things.get(machine.id) ?? null,
      position: machine.position,
      serial: machine.serial,
      state: machine.state,
      link,
      creditingAllowed: machine.state === 'live' && !machine.clearAnnounced && link === 'online',
      denominationMinor: machine.denominationMinor,
      parHoldPct: machine.parHoldPct,
      credits: credits.get(machine.id) ?? null,
      player: session?.player ?? null,
      playingSince: session?.from_at.toISOString() ?? null,
      lastReadingAt: machine.lastReadingAt?.toISOString() ?? null,
      lastGameAt: games.get(machine.id)?.toISOString() ?? null,
      handpay: handpays.get(machine.id) ?? null,
      today: {
        coinInMinor: figures.coinInMinor,
        totalWonMinor: figures.totalWonMinor,
        winMinor: figures.winMinor,
        holdPct: figures.holdPct,
        dropMinor: figures.dropMinor,
        games: figures.games,
      },
      openAlerts: alerts.get(machine.id) ?? [],
    };
  });
}

async function latestCredits({ tx, organisation, hall }: Read): Promise<Map<string, number>> {
  const { rows } = await sql<{ machine: string; credits: number }>`
    select m.machine, last.credits from casino_machines m
    cross join lateral (
      select (r.meters ->> '0C')::bigint as credits from casino_readings r
      where r.org_id = m.org_id and r.hall_id = m.hall_id and r.machine = m.machine and r.meters ? '0C'
      order by r.at desc, r.fact_id desc limit 1) last
    where m.org_id = ${organisation} and m.hall_id = ${hall}`.execute(tx);
  return new Map(rows.map(({ machine, credits }) => [machine, credits]));
}

async function lastGames({ tx, organisation, hall }: Read): Promise<Map<string, Date>> {
  const { rows } = await sql<{ machine: string; at: Date }>`
    select m.machine, last.at from casino_machines m
    cross join lateral (
      select r.at from casino_rows r
      where r.org_id = m.org_id and r.hall_id = m.hall_id and r.machine = m.machine and r.code = '05'
      order by r.at desc limit 1) last
    where m.org_id = ${organisation} and m.hall_id = ${hall}`.execute(tx);
  return new Map(rows.map(({ machine, at }) => [machine, at]));
}

async function openSessions({ tx, hall }: Read) {
  const rows = await tx
    .selectFrom('casino_sessions')
    .select(['machine', 'player', 'from_at'])
    .where('hall_id', '=', hall)
    .where('to_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.machine, row]));
}

async function openAlerts({ tx, hall }: Read): Promise<Map<string, CasinoMachine['openAlerts']>> {
  const rows = await tx
    .selectFrom('casino_alerts')
    .select(['subject', 'code', 'severity', 'opened_at', 'count'])
    .where('hall_id', '=', hall)
    .where('cleared_at', 'is', null)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  const lines = rows.map(({ subject, opened_at, ...row }) => ({
    subject,
    line: { ...row, openedAt: opened_at.toISOString() },
  }));
  return new Map(
    [...Map.groupBy(lines, ({ subject }) => subject)].map(([subject, of]) => [
      subject,
      of.map(({ line }) => line),
    ]),
  );
}

async function linksOf(hall: Read, machines: readonly Machine[]) {
  const agents = [...new Set(machines.map(({ agent }) => agent))];
  const links = new Map<string, LinkState>();
  for (const agent of agents) links.set(agent, await linkOf(hall, agent));
  return links;
}
