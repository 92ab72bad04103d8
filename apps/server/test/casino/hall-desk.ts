import {
  type ApiClient,
  casinoActRoutes as acts,
  createClient,
  casinoFloorRoutes as floor,
  type Role,
} from '@vakhta/api';
import { systemClock } from '@vakhta/kernel';
import { ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { FactInput } from '../../src/domains/casino/facts/fact.ts';
import { recordFact } from '../../src/domains/casino/facts/journal.ts';
import type { Database, Tx } from '../../src/platform/postgres/database.ts';
import { type Fixture, seedOrganisation } from '../fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from '../running-desk.ts';

const roles = ['manager', 'supervisor', 'cashier', 'attendant', 'auditor'] as const satisfies readonly Role[];

type OfMachine<T> = T extends { machine: string } ? Omit<T, 'machine'> : never;

/** A running desk whose every test has a hall of its own: a machine M01, a desk D1 with an open shift, a person of each role. */
export class HallDesk {
  server!: RunningDesk;
  fixture!: Fixture;
  as!: Record<(typeof roles)[number], ApiClient>;

  get id(): string {
    return this.fixture.site;
  }

  async open(): Promise<void> {
    this.fixture = await seedOrganisation(this.server.database);
    await becomeSlotMachine(this.server.database, this.fixture);
    const clients = await Promise.all(roles.map(async (role) => [role, await this.#join(role)] as const));
    this.as = Object.fromEntries(clients) as HallDesk['as'];
    const hall = this.id;
    const { manager, cashier } = this.as;
    await manager.call(floor.setHall, {
      params: { hall },
      body: {
        timeZone: 'Europe/Minsk',
        gameDayStart: '06:00',
        currency: 'BYN',
        minorDigits: 2,
        policy: { twoPersonLimitMinor: 50_000 },
      },
    });
    await manager.call(floor.addMachine, {
      params: { hall },
      body: {
        machine: 'M01',
        thing: this.fixture.things[0],
        serial: 'SN-1',
        denominationMinor: 5,
        maxBetCredits: 100,
        maxWinCredits: 50_000,
        parHoldPct: '8.000',
      },
    });
    await manager.call(floor.addDesk, { params: { hall }, body: { desk: 'D1', openingMinor: 100_000 } });
    await cashier.call(acts.openShift, { params: { hall, desk: 'D1' }, body: { countMinor: 100_000 } });
  }

  async #join(role: Role): Promise<ApiClient> {
    return createClient({ server: this.server.url, token: await this.tokenOf(role) });
  }

  /** An API token of somebody new in that role. */
  async tokenOf(role: Role): Promise<string> {
    const { token } = await joinWithToken(
      this.server,
      this.fixture.organisation,
      await createPerson(this.server),
      [role],
    );
    return token;
  }

  inTenant<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.server.database.tenant(this.fixture.organisation, work);
  }

  /** What the machine M01 tells just now; the desk it is told to lives by the real clock. */
  tell(told: OfMachine<FactInput>): Promise<unknown> {
    const fact = { ...told, machine: 'M01' } as FactInput;
    return this.inTenant((tx) =>
      recordFact({ tx, organisation: this.fixture.organisation, hall: this.id }, fact, {
        now: new Date(systemClock.now()),
      }),
    );
  }
}

/** One for the tests of a file. */
export function useHallDesk(): HallDesk {
  const hallDesk = new HallDesk();
  beforeAll(async () => {
    hallDesk.server = await startDesk();
  });
  beforeEach(() => hallDesk.open());
  afterAll(() => hallDesk.server.stop());
  return hallDesk;
}

const field = { type: 'string' } as const;
const action = (risk: 'money') => ({
  title: { en: 'Transfer', ru: 'Перевод' },
  input: {
    type: 'object',
    properties: {
      transfer: field,
      kind: field,
      amountCents: { type: 'integer' },
      allowPartial: { type: 'boolean' },
    },
    required: ['transfer', 'kind', 'amountCents'],
  },
  risk,
  timeout: 30_000,
});

/** The fixture's thing is one that can be credited, and its agent is connected. */
const becomeSlotMachine = (database: Database, fixture: Fixture): Promise<void> =>
  database.owner(async (tx) => {
    const model = ThingModel.parse({
      id: 'lamp',
      version: '1.0.0',
      title: { en: 'Slot machine', ru: 'Игровой автомат' },
      configuration: { type: 'object' },
      properties: {},
      actions: {
        transferToMachine: action('money'),
        transferToHost: action('money'),
        resetHandpay: {
          title: { en: 'Reset', ru: 'Сброс' },
          input: { type: 'object', properties: { payer: field } },
          risk: 'money',
          timeout: 20_000,
        },
      },
      events: {},
    });
    await sql`update thing_models set definition = ${JSON.stringify(model)}::json where org_id = ${fixture.organisation}`.execute(
      tx,
    );
    await sql`update agents set online = true, online_since = now() where id = ${fixture.agent}`.execute(tx);
  });
