import { type Permission, Role, type RouteDeclaration, rolePermissions, routes } from '@vakhta/api';
import { type OrganisationId, systemClock, systemRandom } from '@vakhta/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuiltInRules } from '../src/core/alerts/built-in-rules.ts';
import { tendHall } from '../src/domains/casino/casino.ts';
import { fillHall } from './casino/hall-fixture.ts';
import { type Fixture, freshId, lampModel, seedOrganisation } from './fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from './running-desk.ts';

/** An organisation with one of everything, and a token per role. */
interface Tenant extends Fixture {
  ids: Record<
    | 'thing'
    | 'site'
    | 'group'
    | 'agent'
    | 'member'
    | 'token'
    | 'command'
    | 'batch'
    | 'rule'
    | 'alert'
    | 'window'
    | 'webhook'
    | 'invitation',
    string
  >;
  tokens: Record<Role, string>;
}

const SHA256 = 'ab'.repeat(32);
let desk: RunningDesk;
let ours: Tenant;
let theirs: Tenant;
/** Signed in, and a member of nothing. */
let strayCookie: string;

beforeAll(async () => {
  desk = await startDesk();
  ours = await seedTenant();
  theirs = await seedTenant();
  const stray = await createPerson(desk);
  const session = await desk.identity.signIn(stray.email, 'correct horse battery');
  strayCookie = session!.cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
});
afterAll(() => desk.stop());

async function seedTenant(): Promise<Tenant> {
  const fixture = await seedOrganisation(desk.database);
  const { organisation, site, agent, things } = fixture;
  const tokens = {} as Record<Role, string>;
  let member = '';
  let token = '';
  for (const role of Role.options) {
    const joined = await joinWithToken(desk, organisation, await createPerson(desk), [role]);
    tokens[role] = joined.token;
    member = joined.member;
    token = joined.tokenId;
  }
  const [group, command, batch] = [freshId(), freshId(), freshId()];
  const [rule, alert, window, webhook] = [freshId(), freshId(), freshId(), freshId()];
  const invitation = freshId();
  // Else the server would add them while what is in the tables is being compared.
  await ensureBuiltInRules(desk.database, { clock: systemClock, random: systemRandom });
  await desk.database.owner(async (tx) => {
    const org = organisation;
    const thing = things[0];
    for (const statement of [
      sql`insert into groups (id, org_id, name) values (${group}, ${org}, 'Group')`,
      sql`insert into group_things (org_id, group_id, thing_id) values (${org}, ${group}, ${thing})`,
      sql`insert into batches (id, org_id, action, requested_at) values (${batch}, ${org}, 'setBrightness', now())`,
      sql`insert into commands (id, org_id, batch_id, thing_id, agent_id, action, input, risk, state, requested_by, deadline, requested_at, finished_at)
          values (${command}, ${org}, ${batch}, ${thing}, ${agent}, 'setBrightness', '{}', 'operate', 'expired', ${member}, now(), now(), now())`,
      sql`insert into pictures (org_id, sha256, bytes, width, height) values (${org}, ${SHA256}, '\\x00', 1, 1)`,
      sql`insert into agent_streams (org_id, agent_id, stream, last_seq) values (${org}, ${agent}, ${freshId()}, 1)`,
      sql`insert into log (org_id, agent_id, stream, seq, kind, thing_id, name, data, at, received_at)
          values (${org}, ${agent}, ${freshId()}, 1, 'property', ${thing}, 'brightness', '50', now(), now())`,
      sql`insert into thing_state (org_id, thing_id, name, value, at, log_id) values (${org}, ${thing}, 'brightness', '50', now(), 1)`,
      sql`insert into thing_presence (org_id, thing_id, online, at, log_id) values (${org}, ${thing}, true, now(), 1)`,
      sql`insert into thing_confirmations (org_id, thing_id, at) values (${org}, ${thing}, now())`,
      sql`insert into property_rollups (org_id, thing_id, name, width, start, count, last, last_at, last_id)
          values (${org}, ${thing}, 'brightness', 300, now(), 1, '50', now(), 1)`,
      sql`insert into state_checkpoints (org_id, at, states) values (${org}, '2026-01-01', 1)`,
      sql`insert into checkpoint_states (org_id, at, thing_id, states) values (${org}, '2026-01-01', ${thing}, '{}')`,
      sql`insert into projection_checkpoints (org_id, projection, through, hash, made_at) values (${org}, 'test-only', 1, '', now())`,
      sql`insert into projection_checkpoint_rows (org_id, projection, table_name, row) values (${org}, 'test-only', 'thing_state', '{}')`,
      sql`insert into projection_failures (org_id, projection, behind_from, error, failed_at) values (${org}, 'test-only', 1000000000, 'none', now())`,
      sql`insert into alert_rules (id, org_id, name, kind, condition, model, affordance, severity, for_seconds, clear_after_seconds, enabled, from_log)
          values (${rule}, ${org}, 'Rule', 'state', '{"model":"lamp","property":"brightness","comparison":"equals","value":"1"}', 'lamp', 'brightness', 'notice', 0, 0, true, 0)`,
      sql`insert into alert_conditions (org_id, rule_id, subject_kind, subject_id, holds, since, log_id)
          values (${org}, ${rule}, 'thing', ${thing}, false, now(), 1)`,
      sql`insert into alerts (id, org_id, rule_id, title, severity, subject_kind, subject_id, subject_name, cause, since, opened_at, cleared_at, cleared_because)
          values (${alert}, ${org}, ${rule}, '{"en":"Alert","ru":"Тревога"}', 'notice', 'thing', ${thing}, 'Lamp', '{"model":"lamp","property":"brightness","event":null,"value":1}', now(), now(), now(), 'recovered')`,
      sql`insert into maintenance_windows (id, org_id, name, starts_at, ends_at) values (${window}, ${org}, 'Works', now() - interval '2 hours', now() - interval '1 hour')`,
      sql`insert into notification_preferences (org_id, member_id, settings) values (${org}, ${member}, '{}')`,
      sql`insert into webhooks (id, org_id, name, url, secret, minimum, enabled) values (${webhook}, ${org}, 'Hook', 'http://127.0.0.1:9', 'secret', 'critical', false)`,
      sql`insert into notifications (id, org_id, alert_id, step, level, severity, at, webhook_id, state, due_at, sent_at)
          values (${freshId()}, ${org}, ${alert}, 'opened', 0, 'notice', now(), ${webhook}, 'sent', now(), now())`,
      sql`insert into invitations (id, org_id, email, roles, language, invited_by, created_at, expires_at)
          values (${invitation}, ${org}, ${`${invitation}@example.org`}, '{viewer}', 'en', ${member}, now(), now() + interval '1 day')`,
      sql`insert into data_access (org_id, member_id, what, via, hour, last_at) values (${org}, ${member}, 'audit', 'session', '2026-01-01T00:00:00Z', now())`,
      sql`insert into audit (org_id, actor_kind, action) values (${org}, 'system', 'test.seeded')`,
    ])
      await statement.execute(tx);
  });
  await fillHall(desk.database, fixture);
  // Else the server would end the game days since then while what is in the tables is being compared.
  await desk.database.tenant(organisation, (tx) =>
    tendHall({ tx, organisation, hall: site }, new Date(systemClock.now())),
  );
  return {
    ...fixture,
    tokens,
    ids: {
      thing: things[0],
      site,
      group,
      agent,
      member,
      token,
      command,
      batch,
      rule,
      alert,
      window,
      webhook,
      invitation,
    },
  };
}

type Entry = [name: string, route: RouteDeclaration];
const entries: Entry[] = Object.entries(routes);

/** The route's address with the given ids; what no id is known for is some word. */
function address(route: RouteDeclaration, ids: Record<string, string>): string {
  const words: Record<string, string> = {
    model: 'lamp',
    property: 'brightness',
    action: 'setBrightness',
    sha256: SHA256,
  };
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? words[name] ?? freshId());
}

interface Caller {
  token?: string;
  cookie?: string;
}

async function call(
  route: RouteDeclaration,
  path: string,
  { token, cookie }: Caller,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${desk.url}/api/v1${path}`, {
    method: route.method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Past the question of access, whatever is said then. */
const admitted = (status: number): boolean => status !== 401 && status !== 403;
/** A body that no route takes, so that a caller who is let in changes nothing. */
const nonsense = { 'no such field': true };

describe('every route, asked by', () => {
  test.each(entries)('nobody: %s is closed unless declared public', async (_, route) => {
    const { status } = await call(route, address(route, ours.ids), {});
    expect(status === 401).toBe(route.access !== 'public');
  });

  test.each(entries)('a token nobody made: %s is closed', async (_, route) => {
    const { status } = await call(route, address(route, ours.ids), { token: 'vakhta_made-up' });
    expect(status === 401).toBe(route.access !== 'public');
  });

  test.each(entries)('a person without an organisation: %s needs a membership', async (_, route) => {
    if (['public', 'signed-in', 'session'].includes(route.access)) return;
    const { status } = await call(route, address(route, ours.ids), { cookie: strayCookie });
    expect(status).toBe(403);
  });

  describe.each(Role.options)('%s:', (role) => {
    test.each(entries)('%s is open exactly as declared', async (_, route) => {
      const isAllowed =
        route.access === 'public' ||
        route.access === 'signed-in' ||
        rolePermissions[role].includes(route.access as Permission);
      // Who is refused asks for what is there; who is let in asks for what is not.
      const path = address(route, isAllowed ? {} : ours.ids);
      const { status } = await call(route, path, { token: ours.tokens[role] }, route.body && nonsense);
      expect(isAllowed ? admitted(status) : status).toBe(isAllowed ? true : 403);
    });
  });
});

describe('an owner of another organisation', () => {
  /** What such an owner would send to each route that takes a body, naming what is ours. */
  const bodies = (): Record<string, unknown> => ({
    addMember: undefined,
    changeMember: { roles: ['viewer'] },
    changeSite: { name: 'Taken' },
    changeGroup: { name: 'Taken', things: [ours.ids.thing] },
    changeAgent: { name: 'Taken' },
    changeThing: { name: 'Taken' },
    createGroup: { name: 'Theirs', things: [ours.ids.thing] },
    createAgent: { name: 'Theirs', site: ours.ids.site },
    createThing: {
      name: 'Theirs',
      model: lampModel.id,
      agent: ours.ids.agent,
      site: ours.ids.site,
      groups: [],
      configuration: { socket: 1 },
    },
    createCommands: { things: [ours.ids.thing], action: 'setBrightness', input: { brightness: 1 } },
    actOnThing: { brightness: 1 },
    acknowledgeAlert: { note: 'Taken' },
    createAlertRule: {
      name: 'Theirs',
      kind: 'event',
      condition: { model: lampModel.id, event: 'flickered' },
      site: ours.ids.site,
      group: ours.ids.group,
    },
    changeAlertRule: { name: 'Taken' },
    createMaintenance: {
      name: 'Theirs',
      from: '2026-01-01T00:00:00Z',
      until: '2026-01-02T00:00:00Z',
      agent: ours.ids.agent,
    },
    changeMaintenance: { name: 'Taken' },
    changeWebhook: { name: 'Taken' },
  });

  const named = entries.filter(
    ([, { path, access }]) =>
      /\{(thing|site|group|agent|member|token|command|batch|rule|alert|window|webhook|invitation)\}/.test(
        path,
      ) && access !== 'public',
  );
  const naming = entries.filter(([name]) =>
    [
      'createGroup',
      'createAgent',
      'createThing',
      'createCommands',
      'createAlertRule',
      'createMaintenance',
    ].includes(name),
  );
  const lists = entries.filter(
    ([, { method, path, access }]) => method === 'GET' && !path.includes('{') && access !== 'session',
  );

  test('changes nothing of ours by any route, and is told that there is no such thing', async () => {
    const before = await rowsOf(ours.organisation);
    const told: Record<string, number> = {};
    for (const [name, route] of named)
      told[name] = (
        await call(route, address(route, ours.ids), { token: theirs.tokens.owner }, bodies()[name])
      ).status;
    expect(told).toEqual(Object.fromEntries(named.map(([name]) => [name, 404])));
    expect(await rowsOf(ours.organisation)).toEqual(before);
  });

  test('cannot tie anything of theirs to something of ours', async () => {
    const before = await rowsOf(theirs.organisation);
    for (const [name, route] of naming) {
      const { status } = await call(route, route.path, { token: theirs.tokens.owner }, bodies()[name]);
      expect([name, status >= 400 && status < 500]).toEqual([name, true]);
    }
    expect(await rowsOf(theirs.organisation)).toEqual(before);
  });

  test.each(lists)('%s shows nothing of ours', async (_, route) => {
    const { status, text } = await call(route, route.path, { token: theirs.tokens.owner });
    // The desk itself is seen to by the organisation it was set up with.
    expect(status).toBe(route.access === 'desk.manage' ? 403 : 200);
    for (const id of [ours.organisation, ...Object.values(ours.ids)]) expect(text).not.toContain(id);
  });

  test('does not get into ours by naming it in the header', async () => {
    const response = await fetch(`${desk.url}/api/v1/things`, {
      headers: { authorization: `Bearer ${theirs.tokens.owner}`, 'x-vakhta-organisation': ours.organisation },
    });
    expect(response.status).toBe(403);
  });

  /** Every row of an organisation, as PostgreSQL prints it; but for when a token was last used, and how far a hall's timers are. */
  async function rowsOf(organisation: OrganisationId): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const table of await tenantTables())
      found[table] = await desk.database.owner(async (tx) => {
        const { rows } = await sql<{ line: string }>`
          select (to_jsonb(t) - 'last_used_at' - 'clock')::text as line from ${sql.table(table)} t
          where org_id = ${organisation} order by 1`.execute(tx);
        return rows.map(({ line }) => line);
      });
    // Entries are sealed by the clock.
    delete found.audit_seals;
    return found;
  }
});

/** Tables and partitioned tables with an organisation; partitions are reached through the table they belong to. */
async function tenantTables(): Promise<string[]> {
  return desk.database.owner(async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attname = 'org_id' and not a.attisdropped order by 1`.execute(tx);
    return rows.map(({ name }) => name);
  });
}

/** Runs one statement as the role that serves requests, with our organisation set; the statement is undone. */
const asTenant = (statement: ReturnType<typeof sql>): Promise<readonly unknown[]> =>
  desk.database
    .tenant(ours.organisation, async (tx) => {
      throw new Undone((await statement.execute(tx)).rows);
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return error.rows;
      throw error;
    });

class Undone extends Error {
  readonly rows: readonly unknown[];
  constructor(rows: readonly unknown[]) {
    super('undone');
    this.rows = rows;
  }
}

describe('in the database itself, without the API', () => {
  test('every table with an organisation has row-level security forced', async () => {
    const tables = await tenantTables();
    expect(tables.length).toBeGreaterThan(15);
    const { rows } = await desk.database.owner((tx) =>
      sql<{ name: string }>`
        select relname as name from pg_class
        where relname = any(${tables}) and not (relrowsecurity and relforcerowsecurity)`.execute(tx),
    );
    expect(rows).toEqual([]);
  });

  test('the roles of transactions cannot bypass it, log in or own a table', async () => {
    const { rows } = await desk.database.owner((tx) =>
      sql`
        select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
          (select count(*) from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname in ('vakhta_app', 'vakhta_system') order by 1`.execute(tx),
    );
    const powerless = {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
      owned: 0,
    };
    expect(rows).toEqual([
      { rolname: 'vakhta_app', ...powerless },
      { rolname: 'vakhta_system', ...powerless },
    ]);
  });

  test('a request’s role reads our rows of every table and none of theirs', async () => {
    for (const table of await tenantTables()) {
      const count = sql<{ ours: number; others: number }>`
        select count(*) filter (where org_id = ${ours.organisation}) as ours,
               count(*) filter (where org_id <> ${ours.organisation}) as others from ${sql.table(table)}`;
      const { rows: all } = await desk.database.owner((tx) => count.execute(tx));
      // Sealing runs by the clock; all other tables were filled for both.
      if (table !== 'audit_seals')
        expect([table, all[0]!.ours > 0, all[0]!.others > 0]).toEqual([table, true, true]);
      expect([table, await asTenant(count)]).toEqual([table, [{ ours: all[0]!.ours, others: 0 }]]);
    }
  });

  test('a request’s role cannot change, remove or give away a row across organisations', async () => {
    for (const table of await tenantTables()) {
      const name = sql.table(table);
      const refused = (error: unknown) => ({ refused: (error as { code?: string }).code });
      for (const statement of [
        sql`update ${name} set org_id = org_id where org_id = ${theirs.organisation} returning org_id`,
        sql`delete from ${name} where org_id = ${theirs.organisation} returning org_id`,
      ])
        expect([table, await asTenant(statement).catch(refused)]).toSatisfy(([, outcome]) =>
          Array.isArray(outcome) ? outcome.length === 0 : outcome.refused === '42501',
        );
      if (table === 'audit_seals') continue;
      const given = await asTenant(sql`update ${name} set org_id = ${theirs.organisation}`).catch(refused);
      expect([table, given]).toEqual([table, { refused: '42501' }]);
    }
  });

  test('without an organisation a request’s role sees nothing at all', async () => {
    const rows = await desk.database.owner(async (tx) => {
      await sql`select set_config('role', 'vakhta_app', true)`.execute(tx);
      return (await sql`select id from things`.execute(tx)).rows;
    });
    expect(rows).toEqual([]);
  });

  test('a request’s role cannot reach a partition of the log past its table', async () => {
    await expect(asTenant(sql`select 1 from log_default`)).rejects.toMatchObject({ code: '42501' });
  });
});
