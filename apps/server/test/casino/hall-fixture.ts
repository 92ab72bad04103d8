import type { Answer, FactInput } from '../../src/domains/casino/facts/fact.ts';
import { openHall, recordFact } from '../../src/domains/casino/facts/journal.ts';
import { writeCard } from '../../src/domains/casino/guests/cards.ts';
import { writeLabel } from '../../src/domains/casino/guests/labels.ts';
import { type HallRef, type HallSettings, readSettings } from '../../src/domains/casino/hall/hall.ts';
import type { Database } from '../../src/platform/postgres/database.ts';
import { type Fixture, freshId, seedOrganisation } from '../fixture.ts';

type HallPolicy = Extract<FactInput, { kind: 'hall.set' }>['policy'];

export interface TestHall extends Fixture {
  /** Takes a fact in, `minutes` after the hall was opened; `dated`: when it is said to have been so, by default then. */
  record(minutes: number, fact: FactInput, dated?: number): Promise<Answer | undefined>;
  /** Sets the hall's limits and times, the rest of its rules as they are. */
  rule(policy: HallPolicy): Promise<unknown>;
  read<T>(work: (hall: HallRef & { settings: HallSettings; now: Date }) => Promise<T>): Promise<T>;
}

const OPENED = Date.parse('2026-05-10T10:00:00.000Z');

/** A hall with two machines, two desks of 1,000.00 each and a pool. */
export async function seedHall(database: Database, of?: Fixture): Promise<TestHall> {
  const fixture = of ?? (await seedOrganisation(database));
  const { organisation, site } = fixture;
  const after = (minutes: number) => new Date(OPENED + minutes * 60_000);
  // A desk that runs beside may have moved the hall's clock on already.
  const record = (minutes: number, fact: FactInput, dated = minutes) =>
    database.tenant(organisation, (tx) =>
      recordFact({ tx, organisation, hall: site }, fact, { at: after(dated), now: after(minutes) }),
    );
  await database.tenant(organisation, (tx) => openHall({ tx, organisation, hall: site }, new Date(OPENED)));
  const rule = (policy: HallPolicy) =>
    record(0, {
      kind: 'hall.set',
      timeZone: 'Europe/Minsk',
      gameDayStart: '06:00',
      currency: 'BYN',
      minorDigits: 2,
      policy,
    });
  await rule({ twoPersonLimitMinor: 50_000 });
  for (const machine of ['M01', 'M02'])
    await record(0, {
      kind: 'machine.added',
      machine,
      agent: 'A1',
      serial: `SN-${machine}`,
      denominationMinor: 5,
      meterDigits: 8,
      maxBetCredits: 100,
      maxWinCredits: 50_000,
      parHoldPct: '8.000',
    });
  await record(0, { kind: 'player.added', player: 'P1' });
  for (const desk of ['D1', 'D2']) await record(0, { kind: 'desk.added', desk, openingMinor: 100_000 });
  await record(0, {
    kind: 'pool.added',
    pool: 'J1',
    startMinor: 1000,
    ratePct: '0.5',
    hitAtMinor: [1002, 1005],
    machines: ['M01', 'M02'],
  });
  return {
    ...fixture,
    record,
    rule,
    read: (work) =>
      database.tenant(organisation, async (tx) => {
        const ref = { tx, organisation, hall: site };
        return work({ ...ref, settings: await readSettings(ref), now: new Date(OPENED) });
      }),
  };
}

/** A day in a hall that leaves a row in each of its tables. */
export async function fillHall(database: Database, fixture: Fixture): Promise<void> {
  const { record, things } = await seedHall(database, fixture);
  const reading = (minutes: number, meters: Record<string, number>) =>
    record(minutes, { kind: 'reading', machine: 'M01', meters });
  await record(0, { kind: 'thing.placed', thing: things[0], machine: 'M01' });
  await record(1, { kind: 'shift.open', desk: 'D1', cashier: 'ann', countMinor: 100_000 });
  await reading(2, { '00': 1000, '05': 10, '43': 1 });
  await record(2, { kind: 'bind', machine: 'M01', player: 'P1' });
  await reading(3, { '00': 1100, '05': 11, '43': 3 });
  await reading(4, { '00': 1200, '05': 9, '43': 3 });
  await record(5, { kind: 'stacker.removed', machine: 'M01' });
  await record(6, { kind: 'exception', machine: 'M01', code: '51' });
  await record(7, {
    kind: 'transfer.request',
    key: 'k1',
    credit: 'cashable',
    direction: 'toMachine',
    desk: 'D1',
    machine: 'M01',
    amountMinor: 500,
    by: 'ann',
  });
  await record(8, { kind: 'order.judged', agent: 'A1', order: 'c1', result: 'refused', code: 'replayed' });
  await record(9, { kind: 'gameDay.close', date: '2026-05-01', by: 'ann', approvedBy: 'bob' });
  await database.tenant(fixture.organisation, (tx) =>
    tx
      .insertInto('casino_approvals')
      .values({
        org_id: fixture.organisation,
        hall_id: fixture.site,
        id: freshId(),
        digest: 'none',
        act: '{"kind":"gameDay.close"}',
        requested_by: fixture.member,
        requested_at: new Date(OPENED),
      })
      .execute(),
  );
  await database.tenant(fixture.organisation, async (tx) => {
    const ref = { tx, organisation: fixture.organisation, hall: fixture.site };
    const label = freshId();
    await writeLabel(ref, label, {
      kind: 'status',
      name: 'Gold',
      colour: 'gold',
      letter: 'G',
      service: '',
      place: 0,
      archived: false,
    });
    await tx
      .insertInto('casino_mirrors')
      .values({
        org_id: fixture.organisation,
        hall_id: fixture.site,
        state: 'level',
        rows_behind: 0,
        told_at: new Date(OPENED),
      })
      .execute();
    const card = { company: null, phone: null, born: null, group: null, note: null, excluded: false };
    await writeCard(ref, 'P1', { ...card, status: label }, new Date(OPENED));
  });
  const day = 24 * 60;
  await reading(day, { '00': 1300 });
  await record(day + 1, {
    kind: 'reading.manual',
    machine: 'M01',
    observedAt: new Date(OPENED + 60 * 60_000).toISOString(),
    meters: { '00': 1250 },
    by: 'ann',
    approvedBy: 'bob',
  });
}
