import type { FactOf } from '../facts/fact.ts';
import { accounts, post } from '../ledger/post.ts';
import { wholeMinor } from '../pools/pools.ts';
import { type Hall, keyOf } from './hall.ts';

/** The hall's clocks, money and rules. The first slip's number counts only while none was written. */
export async function setHall(hall: Hall, fact: FactOf<'hall.set'>): Promise<void> {
  const settings = {
    time_zone: fact.timeZone,
    game_day_start: fact.gameDayStart,
    currency: fact.currency,
    minor_digits: fact.minorDigits,
    policy: JSON.stringify(fact.policy),
  };
  await hall.tx
    .insertInto('casino_settings')
    .values({ ...keyOf(hall), ...settings, next_slip: fact.policy.nextSlip })
    .onConflict((conflict) => conflict.column('hall_id').doUpdateSet(settings))
    .execute();
}

export async function addAgent(hall: Hall, agent: string): Promise<void> {
  await hall.tx
    .insertInto('casino_agents')
    .values({ ...keyOf(hall), agent })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function addMachine(hall: Hall, fact: FactOf<'machine.added'>): Promise<void> {
  await addAgent(hall, fact.agent);
  await hall.tx
    .insertInto('casino_machines')
    .values({
      ...keyOf(hall),
      machine: fact.machine,
      agent: fact.agent,
      position: fact.position ?? null,
      serial: fact.serial,
      rom_signature: fact.romSignature ?? null,
      denomination_minor: fact.denominationMinor,
      par_hold_pct: fact.parHoldPct,
      meter_digits: JSON.stringify(fact.meterDigits),
      max_bet_credits: fact.maxBetCredits,
      max_win_credits: fact.maxWinCredits,
    })
    .execute();
}

export async function placeThing(hall: Hall, { thing, machine }: FactOf<'thing.placed'>): Promise<void> {
  await hall.tx
    .insertInto('casino_things')
    .values({ ...keyOf(hall), thing_id: thing, machine })
    .onConflict((conflict) => conflict.column('thing_id').doUpdateSet({ machine }))
    .execute();
}

export async function addPlayer(hall: Hall, { player }: FactOf<'player.added'>): Promise<void> {
  await hall.tx
    .insertInto('casino_players')
    .values({ ...keyOf(hall), player })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A desk begins with a float out of the vault. */
export async function addDesk(hall: Hall, { desk, openingMinor }: FactOf<'desk.added'>): Promise<void> {
  await hall.tx
    .insertInto('casino_desks')
    .values({ ...keyOf(hall), desk })
    .execute();
  await post(hall, 'opening.float', [
    [accounts.drawer(desk), openingMinor],
    [accounts.vault, -openingMinor],
  ]);
}

export async function addPool(hall: Hall, fact: FactOf<'pool.added'>): Promise<void> {
  await hall.tx
    .insertInto('casino_pools')
    .values({
      ...keyOf(hall),
      pool: fact.pool,
      start_minor: fact.startMinor,
      rate_pct: fact.ratePct,
      hit_at_minor: fact.hitAtMinor,
      machines: fact.machines,
      value_e7: wholeMinor(fact.startMinor).toString(),
    })
    .execute();
}
