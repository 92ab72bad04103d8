import type { Role } from '@vakhta/api';
import { permissionsOf } from '@vakhta/api';
import {
  type AgentId,
  type Id,
  type MemberId,
  newId,
  type OrganisationId,
  type SiteId,
  type StreamId,
  systemClock,
  systemRandom,
  type ThingId,
  type UserId,
} from '@vakhta/kernel';
import { generateSigningKey, type SigningKey } from '@vakhta/link';
import { ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import type { Principal } from '../src/core/access/principal.ts';
import type { Database } from '../src/platform/postgres/database.ts';

export const freshId = <T extends Id<string>>(): T => newId<T>({ clock: systemClock, random: systemRandom });

/** A kind of thing that stands for any: a number that can be set and read back, and something that happens. */
export const lampModel: ThingModel = ThingModel.parse({
  id: 'lamp',
  version: '1.0.0',
  title: { en: 'Lamp', ru: 'Лампа' },
  configuration: {
    type: 'object',
    properties: { socket: { type: 'integer', minimum: 1 }, pin: { type: 'string', display: 'secret' } },
    required: ['socket'],
  },
  properties: {
    brightness: {
      title: { en: 'Brightness', ru: 'Яркость' },
      schema: { type: 'integer', minimum: 0, maximum: 100, unit: '%' },
    },
  },
  actions: {
    setBrightness: {
      title: { en: 'Set brightness', ru: 'Установить яркость' },
      input: {
        type: 'object',
        properties: { brightness: { type: 'integer', minimum: 0, maximum: 100 } },
        required: ['brightness'],
      },
      effect: { property: 'brightness', input: 'brightness' },
      timeout: 10_000,
    },
  },
  events: { flickered: { title: { en: 'Flickered', ru: 'Мигнула' } } },
});

/** An organisation with one site, one enrolled agent and lamps in its care. */
export interface Fixture {
  organisation: OrganisationId;
  member: MemberId;
  site: SiteId;
  agent: AgentId;
  agentKey: SigningKey;
  stream: StreamId;
  things: [ThingId, ...ThingId[]];
  principal(role: Role): Principal;
}

export async function seedOrganisation(
  database: Database,
  options: { things?: number } = {},
): Promise<Fixture> {
  const organisation = freshId<OrganisationId>();
  const member = freshId<MemberId>();
  const user = freshId<UserId>();
  const site = freshId<SiteId>();
  const agent = freshId<AgentId>();
  const { key: agentKey } = generateSigningKey();
  const things = Array.from({ length: options.things ?? 1 }, () => freshId<ThingId>());
  await database.system(async (tx) => {
    await sql`insert into organisations (org_id, name) values (${organisation}, 'Test')`.execute(tx);
  });
  await database.tenant(organisation, async (tx) => {
    await sql`insert into members (id, org_id, user_id, roles) values (${member}, ${organisation}, ${user}, '{owner}')`.execute(
      tx,
    );
    await sql`insert into sites (id, org_id, name, time_zone) values (${site}, ${organisation}, 'Site', 'Europe/Minsk')`.execute(
      tx,
    );
    await sql`
      insert into agents (id, org_id, site_id, name, status, public_key, enrolled_at)
      values (${agent}, ${organisation}, ${site}, 'Agent', 'enrolled', ${agentKey.publicKey}, now())`.execute(
      tx,
    );
    await sql`
      insert into thing_models (org_id, id, version, definition)
      values (${organisation}, ${lampModel.id}, ${lampModel.version}, ${JSON.stringify(lampModel)}::json)`.execute(
      tx,
    );
    for (const [index, thing] of things.entries())
      await sql`
        insert into things (id, org_id, site_id, agent_id, model, name, configuration)
        values (${thing}, ${organisation}, ${site}, ${agent}, 'lamp', ${`Lamp ${index + 1}`}, '{"socket":1}')`.execute(
        tx,
      );
  });
  return {
    organisation,
    member,
    site,
    agent,
    agentKey,
    stream: freshId<StreamId>(),
    things: things as Fixture['things'],
    principal: (role) => ({
      organisation,
      member,
      user,
      name: 'Test Person',
      roles: [role],
      permissions: permissionsOf([role]),
      via: 'session',
    }),
  };
}
