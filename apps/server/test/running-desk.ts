import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@vakhta/api';
import { type MemberId, type OrganisationId, systemClock, systemRandom } from '@vakhta/kernel';
import type { Config } from '../src/config.ts';
import { hashSecret } from '../src/core/access/authenticate.ts';
import { type RunningServer, startServer } from '../src/main.ts';
import { createIdentity, type Identity, type Person } from '../src/platform/identity/identity.ts';
import { createLog, type Log } from '../src/platform/log/log.ts';
import type { Database } from '../src/platform/postgres/database.ts';
import { freshId } from './fixture.ts';
import { createTestDatabase } from './test-database.ts';

/** A whole server on a port of its own, over a database of its own. */
export interface RunningDesk {
  url: string;
  database: Database;
  databaseUrl: string;
  /** The data directory. */
  data: string;
  identity: Identity;
  /** Where the first owner comes in. */
  setUp: string | undefined;
  stop(): Promise<void>;
}

const SESSION_SECRET = 'signs the cookies of a desk that is under test';

const start = (place: Pick<Config, 'data' | 'databaseUrl'>, overrides: Partial<Config>, log?: Log) =>
  startServer(
    {
      host: '127.0.0.1',
      port: 0,
      ...place,
      tls: undefined,
      behindProxy: false,
      logLevel: 'silent',
      publicUrl: undefined,
      mail: undefined,
      retention: {},
      mqtt: undefined,
      casinoMirror: undefined,
      secrets: { signingKey: undefined, sessionSecret: SESSION_SECRET, databasePassword: undefined },
      ...overrides,
    },
    {
      clock: systemClock,
      random: systemRandom,
      log: log ?? createLog({ level: 'silent', destination: { write: () => {} } }),
    },
  );

export async function startDesk(overrides: Partial<Config> = {}, log?: Log): Promise<RunningDesk> {
  const store = await createTestDatabase();
  const desk = await startDeskOn(store, overrides, log);
  return {
    ...desk,
    async stop() {
      await desk.stop();
      await store.drop();
    },
  };
}

/** A desk over a database that is there already, and stays. */
export async function startDeskOn(
  store: { url: string; database: Database },
  overrides: Partial<Config> = {},
  log?: Log,
): Promise<RunningDesk> {
  const data = await mkdtemp(join(tmpdir(), 'vakhta-test-desk-'));
  const server = await start({ data, databaseUrl: store.url }, overrides, log);
  return {
    data,
    url: server.url,
    setUp: server.setUp,
    database: store.database,
    databaseUrl: store.url,
    identity: createIdentity({
      pool: store.database.pool,
      secret: SESSION_SECRET,
      secure: overrides.tls !== undefined,
      clock: systemClock,
    }),
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Another server on the desk's database, with its secrets. */
export const startBeside = (desk: RunningDesk, overrides: Partial<Config> = {}): Promise<RunningServer> =>
  start({ data: desk.data, databaseUrl: desk.databaseUrl }, overrides);

export const PASSWORD = 'correct horse battery';

let people = 0;

export const createPerson = (desk: RunningDesk, name = 'Test Person'): Promise<Person> =>
  desk.identity.createPerson({ email: `person-${++people}@example.org`, name, password: PASSWORD });

/** Makes a person a member; returns their API token. */
export async function joinWithToken(
  { database }: RunningDesk,
  organisation: OrganisationId,
  person: Person,
  roles: Role[],
): Promise<{ member: MemberId; token: string; tokenId: string }> {
  const member = freshId<MemberId>();
  const tokenId = freshId();
  const token = `vakhta_${Buffer.from(systemRandom.bytes(32)).toString('base64url')}`;
  await database.tenant(organisation, async (tx) => {
    await tx
      .insertInto('members')
      .values({ id: member, org_id: organisation, user_id: person.id, roles })
      .execute();
    await tx
      .insertInto('api_tokens')
      .values({
        id: tokenId,
        org_id: organisation,
        member_id: member,
        name: 'Test',
        secret_hash: hashSecret(token),
      })
      .execute();
  });
  return { member, token, tokenId };
}
