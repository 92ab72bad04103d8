import { integerBetween, minutes, pick, seconds } from '@vakhta/kernel';
import { sql } from 'kysely';
import { readSettings } from '../../apps/server/src/domains/casino/hall/hall.ts';
import { sessions } from '../../apps/server/src/domains/casino/reports/sessions.ts';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';
import type { FaultCount } from '../fault-plan.ts';
import { type Cabinet, guestOf, type HallSize, type HallWorld, openHallWorld } from './hall-world.ts';

const STEP = seconds(1);
const REST_WITHIN = minutes(20);
/** How often guests get up or sit down, one time in so many steps. */
const CHANGES_ONE_IN = 45;

export interface HallResult {
  faults: FaultCount;
  /** What the machines counted, all together. */
  games: number;
  sessions: number;
  /** Everything in which the books differ from what the machines know. Empty is right. */
  differences: string[];
}

/** A guest's stay as the machine itself knows it. */
interface Stay {
  machine: string;
  player: string;
  coinIn: number;
  games: number;
}

/** Who sits where, and who is about to get up or sit down as soon as the machine's meters are in the books. */
interface Seat {
  cabinet: Cabinet;
  since: { coinIn: number; games: number } | undefined;
  isChanging: boolean;
}

/** One night: play, faults, a long cut of the link, rest; then the books are compared with the machines. */
export async function simulateHall(database: Database, seed: number, size: HallSize): Promise<HallResult> {
  const world = await openHallWorld(database, seed, size);
  const stays: Stay[] = [];
  try {
    const seats = world.cabinets.map(
      (each): Seat => ({ cabinet: each, since: undefined, isChanging: false }),
    );
    await suffer(world, size, seats, stays);
    await heal(world);
    for (const seat of seats) if (seat.since) stays.push(stayOf(seat));
    return {
      faults: world.plan.count,
      games: world.cabinets.reduce((sum, each) => sum + meterOf(each, '0005'), 0),
      sessions: stays.length,
      differences: await compare(world, stays),
    };
  } finally {
    await world.close();
  }
}

async function suffer(
  world: HallWorld,
  { play, cut }: HallSize,
  seats: readonly Seat[],
  stays: Stay[],
): Promise<void> {
  const { server, agent, random, plan, cabinets } = world;
  await server.start();
  agent.start();
  // Money that comes before the first reading belongs to no row: people sit down once all machines are read.
  await until(world, async () => (await knownMeters(world)).size === cabinets.length);
  for (const { player } of cabinets) player.start();
  const repairAt = { server: 0, agent: 0 };
  const cutFrom = play / 2;
  for (let at = 0; at < play + cut; at += STEP) {
    const isCut = at >= cutFrom && at < cutFrom + cut;
    if (world.isLinkUp === isCut) {
      world.isLinkUp = !isCut;
      if (isCut) {
        server.cut();
        plan.count.add('connection cut');
      }
    }
    if (!server.core && at >= repairAt.server) await server.start();
    if (!agent.isAlive && at >= repairAt.agent) agent.start();
    if (plan.strikes('connection cut', 20)) server.cut();
    if (agent.isAlive && plan.strikes('agent killed after a write', 60)) agent.kill();
    if (integerBetween(random, 1, CHANGES_ONE_IN) === 1) getUp(pick(random, seats));
    if (at % seconds(15) === 0) await changeGuests(world, seats, stays);
    await world.pass(STEP);
    if (!server.core && repairAt.server < at) repairAt.server = at + integerBetween(random, 2, 60) * 1000;
    if (!agent.isAlive && repairAt.agent < at) repairAt.agent = at + integerBetween(random, 2, 60) * 1000;
  }
}

function getUp(seat: Seat): void {
  seat.isChanging = true;
  seat.cabinet.player.stop();
  settle(seat.cabinet);
}

/** An attendant shuts the door and keys a handpay off: nothing of the machine is under way any more. */
function settle({ machine: { switches, play, handpays } }: Cabinet): void {
  if (switches.doorOpen) play.door(false);
  if (handpays.isLocked) handpays.keyOff();
}

/**
 * Guests change at machines that stand still and whose meters are in the books: then the machine's own meters say what
 * each of them played.
 */
async function changeGuests(world: HallWorld, seats: readonly Seat[], stays: Stay[]): Promise<void> {
  if (!world.isLinkUp || !world.server.core || !seats.some(({ isChanging }) => isChanging)) return;
  const known = await knownMeters(world);
  for (const seat of seats) {
    if (!seat.isChanging) continue;
    const { cabinet } = seat;
    settle(cabinet);
    if (!isLevel(cabinet, known.get(cabinet.name))) continue;
    if (seat.since) {
      await world.record({ kind: 'unbind', machine: cabinet.name });
      stays.push(stayOf(seat));
      seat.since = undefined;
    } else {
      await world.record({ kind: 'bind', machine: cabinet.name, player: guestOf(cabinet.name) });
      seat.since = played(cabinet);
    }
    seat.isChanging = false;
    cabinet.player.start();
  }
}

const meterOf = ({ machine }: Cabinet, code: string): number => machine.meters.read(code) ?? 0;

const played = (cabinet: Cabinet) => ({
  coinIn: meterOf(cabinet, '0000'),
  games: meterOf(cabinet, '0005'),
});

function stayOf({ cabinet, since }: Seat): Stay {
  const now = played(cabinet);
  return {
    machine: cabinet.name,
    player: guestOf(cabinet.name),
    coinIn: now.coinIn - since!.coinIn,
    games: now.games - since!.games,
  };
}

/** Nothing strikes any more: everybody gets up, and what is under way arrives. */
async function heal(world: HallWorld): Promise<void> {
  const { server, agent, plan, cabinets } = world;
  plan.heal();
  for (const { player } of cabinets) player.stop();
  world.isLinkUp = true;
  await server.start();
  agent.start();
  server.cut();
  await until(world, async () => {
    for (const each of cabinets) settle(each);
    if (!agent.isLinked || agent.waiting > 0) return false;
    const known = await knownMeters(world);
    return cabinets.every((each) => isLevel(each, known.get(each.name)));
  });
}

async function until(world: HallWorld, condition: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < REST_WITHIN; waited += STEP) {
    if (!world.server.core) await world.server.start();
    if (!world.agent.isAlive) world.agent.start();
    if (waited % seconds(10) === 0 && (await condition())) return;
    await world.pass(STEP);
  }
}

/** Whether every meter that the books know stands where the machine's stands. */
const isLevel = ({ machine }: Cabinet, known: Record<string, number> | undefined): boolean =>
  known !== undefined &&
  Object.entries(known).every(([code, value]) => machine.meters.read(`00${code}`) === value);

/** The newest reading of each machine in the books. */
async function knownMeters({ inHall }: HallWorld): Promise<Map<string, Record<string, number>>> {
  const rows = await inHall(async ({ tx, hall }) => {
    const result = await sql<{ machine: string; meters: Record<string, number> }>`
      select distinct on (machine) machine, meters from casino_readings
      where hall_id = ${hall} order by machine, at desc, fact_id desc`.execute(tx);
    return result.rows;
  });
  return new Map(rows.map(({ machine, meters }) => [machine, meters]));
}

async function compare(world: HallWorld, stays: readonly Stay[]): Promise<string[]> {
  const differences: string[] = [];
  const known = await knownMeters(world);
  const { moved, doubled, gaps, held } = await world.inHall(async ({ tx, hall }) => ({
    moved: await sql<{ machine: string; code: string; delta: number }>`
      select machine, code, sum(delta)::bigint as delta from casino_rows where hall_id = ${hall} group by 1, 2`.execute(
      tx,
    ),
    doubled: await sql<{ machine: string; code: string; at: Date }>`
      select machine, code, at from casino_rows where hall_id = ${hall}
      group by 1, 2, 3 having count(*) > 1`.execute(tx),
    gaps: await sql<{ machine: string }>`
      select machine from casino_epochs where hall_id = ${hall} and gap is not null`.execute(tx),
    held: await sql<{ machine: string; code: string }>`
      select machine, code from casino_held_deltas where hall_id = ${hall}`.execute(tx),
  }));
  const sums = new Map(moved.rows.map(({ machine, code, delta }) => [`${machine} ${code}`, delta]));
  for (const { name, machine } of world.cabinets) {
    const meters = known.get(name);
    if (!meters) {
      differences.push(`${name} was never read`);
      continue;
    }
    for (const [code, value] of Object.entries(meters)) {
      const truth = machine.meters.read(`00${code}`);
      if (value !== truth)
        differences.push(`${name} ${code} is known as ${value}, the machine says ${truth}`);
      // Every machine begins at zero; the credits meter is a gauge, which has no movements.
      if (code !== '0C' && (sums.get(`${name} ${code}`) ?? 0) !== truth)
        differences.push(
          `${name} ${code} moved by ${sums.get(`${name} ${code}`) ?? 0}, the machine by ${truth}`,
        );
    }
  }
  for (const { machine, code, at } of doubled.rows)
    differences.push(`${machine} ${code} moved twice at ${at.toISOString()}`);
  for (const { machine } of gaps.rows) differences.push(`${machine} has a gap that was none`);
  for (const { machine, code } of held.rows) differences.push(`${machine} ${code} is held in doubt`);
  differences.push(...(await compareStays(world, stays)));
  return differences;
}

async function compareStays({ inHall }: HallWorld, stays: readonly Stay[]): Promise<string[]> {
  const lines = await inHall(async (hall) => sessions({ ...hall, settings: await readSettings(hall) }, {}));
  const text = ({ machine, player, coinIn, games }: Stay) =>
    `${machine} ${player}: ${coinIn} in ${games} games`;
  const booked = lines
    .filter(({ player }) => player !== null)
    .map((line) =>
      text({ machine: line.machine, player: line.player!, coinIn: line.coinInMinor, games: line.games }),
    )
    .sort();
  const real = stays.map(text).sort();
  return real.length === booked.length
    ? real.filter((one, index) => one !== booked[index]).map((one) => `not booked so: ${one}`)
    : [`${real.length} stays, ${booked.length} booked`];
}
