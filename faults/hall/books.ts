import { sql } from 'kysely';
import { type HallRef, readSettings } from '../../apps/server/src/domains/casino/hall/hall.ts';
import { sessions } from '../../apps/server/src/domains/casino/reports/sessions.ts';
import type { Cabinet, Stay } from './cabinet.ts';

/** A hall's books, and the machines that know the truth. */
export interface Books {
  cabinets: readonly Cabinet[];
  inHall<T>(work: (hall: HallRef) => Promise<T>): Promise<T>;
}

/** The meters of a machine that the books do not have as it has them: 'M21 02 is 0, not 800'. Empty is level. */
export const unlevel = ({ name, machine }: Cabinet, known: Record<string, number> | undefined): string[] =>
  known === undefined
    ? [`${name} was never read`]
    : Object.entries(known).flatMap(([code, value]) => {
        const truth = machine.meters.read(`00${code}`);
        return value === truth ? [] : [`${name} ${code} is ${value}, not ${truth}`];
      });

/** The newest reading of each machine in the books. */
export async function knownMeters({ inHall }: Books): Promise<Map<string, Record<string, number>>> {
  const rows = await inHall(async ({ tx, hall }) => {
    const result = await sql<{ machine: string; meters: Record<string, number> }>`
      select distinct on (machine) machine, meters from casino_readings
      where hall_id = ${hall} order by machine, at desc, fact_id desc`.execute(tx);
    return result.rows;
  });
  return new Map(rows.map(({ machine, meters }) => [machine, meters]));
}

/** Everything in which the books differ from what the machines know. */
export async function compareBooks(books: Books, stays: readonly Stay[]): Promise<string[]> {
  const differences: string[] = [];
  const known = await knownMeters(books);
  const { moved, doubled, gaps, held } = await books.inHall(async ({ tx, hall }) => ({
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
  for (const cabinet of books.cabinets) {
    const { name, machine } = cabinet;
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
  differences.push(...(await compareStays(books, stays)));
  return differences;
}

async function compareStays({ inHall }: Books, stays: readonly Stay[]): Promise<string[]> {
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
