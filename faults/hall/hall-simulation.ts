import { integerBetween, minutes, pick, seconds } from '@vakhta/kernel';
import type { Database } from '../../apps/server/src/platform/postgres/database.ts';
import type { FaultCount } from '../fault-plan.ts';
import { compareBooks, knownMeters, unlevel } from './books.ts';
import { type Cabinet, guestOf, meterOf, type Played, played, type Stay, settle, stayOf } from './cabinet.ts';
import { type HallSize, type HallWorld, openHallWorld } from './hall-world.ts';

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

/** Who sits where, and who is about to get up or sit down as soon as the machine's meters are in the books. */
interface Seat {
  cabinet: Cabinet;
  since: Played | undefined;
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
    for (const seat of seats) if (seat.since) stays.push(stayOf(seat.cabinet, seat.since));
    return {
      faults: world.plan.count,
      games: world.cabinets.reduce((sum, each) => sum + meterOf(each, '0005'), 0),
      sessions: stays.length,
      differences: await compareBooks(world, stays),
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
    if (unlevel(cabinet, known.get(cabinet.name)).length > 0) continue;
    if (seat.since) {
      await world.record({ kind: 'unbind', machine: cabinet.name });
      stays.push(stayOf(cabinet, seat.since));
      seat.since = undefined;
    } else {
      await world.record({ kind: 'bind', machine: cabinet.name, player: guestOf(cabinet.name) });
      seat.since = played(cabinet);
    }
    seat.isChanging = false;
    cabinet.player.start();
  }
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
    return cabinets.every((each) => unlevel(each, known.get(each.name)).length === 0);
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
