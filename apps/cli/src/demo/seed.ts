import { type ApiClient, agentRoutes, groupRoutes, siteRoutes, type Thing, thingRoutes } from '@vakhta/api';
import { type Clock, seconds, sleep } from '@vakhta/kernel';
import { groupNames, screens, stationNames } from './places.ts';

const MODEL = 'android-tv';
const AGENT_NAME = 'Мини-ПК, узел связи';

export interface Wiring {
  /** Of the first TV; the others follow in the order of `screens`. */
  portBase: number;
  /** Where relays and cables are: the port after the last TV's. */
  controlPort: number;
}

/** What the agent must know to reach one simulated TV, its relay and its cable. */
const configurationOf = (index: number, { portBase, controlPort }: Wiring) => {
  const around = `http://127.0.0.1:${controlPort}/tvs/tv-${String(index + 1).padStart(2, '0')}`;
  return {
    address: '127.0.0.1',
    port: portBase + index,
    relay: { kind: 'http', url: `${around}/relay` },
    cable: { kind: 'http', url: `${around}/cable` },
  };
};

/** Adds the stations; returns their ids by name. What is there already is left as it is. */
export async function ensureSites(api: ApiClient): Promise<Map<string, string>> {
  const { items } = await api.call(siteRoutes.listSites, { query: { limit: 1000 } });
  const byName = new Map(items.map(({ name, id }) => [name, id]));
  for (const name of stationNames)
    if (!byName.has(name)) byName.set(name, (await api.call(siteRoutes.createSite, { body: { name } })).id);
  return byName;
}

/** Adds TVs and groups, once the agent has told that it has a driver for TVs. */
export async function seedThings(
  api: ApiClient,
  {
    agent,
    sites,
    wiring,
    clock,
  }: { agent: string; sites: ReadonlyMap<string, string>; wiring: Wiring; clock: Clock },
): Promise<void> {
  await modelKnown(api, clock);
  const there = new Map((await listAll(api)).map((thing) => [placeOf(thing.site, thing.name), thing.id]));
  for (const [index, { name, station }] of screens.entries()) {
    const site = sites.get(station)!;
    if (there.has(placeOf(site, name))) continue;
    const body = {
      name,
      model: MODEL,
      agent,
      site,
      configuration: configurationOf(index, wiring),
    };
    there.set(placeOf(site, name), (await api.call(thingRoutes.createThing, { body })).id);
  }
  const groups = new Set(
    (await api.call(groupRoutes.listGroups, { query: { limit: 1000 } })).items.map((one) => one.name),
  );
  for (const name of groupNames) {
    if (groups.has(name)) continue;
    const things = screens
      .filter(({ group }) => group === name)
      .map((screen) => there.get(placeOf(sites.get(screen.station)!, screen.name))!);
    await api.call(groupRoutes.createGroup, { body: { name, things } });
  }
}

const placeOf = (site: string, name: string): string => `${site} ${name}`;

/** Points the TVs at where the simulator is now, after its ports had to be chosen anew. */
export async function rewire(api: ApiClient, before: Wiring, now: Wiring): Promise<void> {
  for (const { id } of await listAll(api)) {
    const { configuration } = await api.call(thingRoutes.getThing, { params: { thing: id } });
    const index = Number(configuration.port) - before.portBase;
    if (configuration.address !== '127.0.0.1' || !(index >= 0 && index < screens.length)) continue;
    await api.call(thingRoutes.changeThing, {
      params: { thing: id },
      body: { configuration: configurationOf(index, now) },
    });
  }
}

export async function listAll(api: ApiClient): Promise<Thing[]> {
  return (await api.call(thingRoutes.listThings, { query: { limit: 1000, model: MODEL } })).items;
}

/** Resolves when the agent has told that it has a driver for such things. */
export async function modelKnown(api: ApiClient, clock: Clock, model = MODEL): Promise<void> {
  for (;;) {
    const { items } = await api.call(thingRoutes.listModels);
    if (items.some(({ id }) => id === model)) return;
    await sleep(clock, seconds(0.1));
  }
}

/** The demo's agent, made if absent; a one-time token where one is asked for. */
export async function ensureAgent(
  api: ApiClient,
  { site, enrol }: { site: string; enrol: boolean },
): Promise<{ id: string; token: string | undefined }> {
  const { items } = await api.call(agentRoutes.listAgents, { query: { limit: 1000 } });
  const known = items.find(({ name }) => name === AGENT_NAME);
  if (!known) {
    const made = await api.call(agentRoutes.createAgent, { body: { name: AGENT_NAME, site } });
    return { id: made.agent.id, token: made.token };
  }
  if (!enrol && known.status === 'enrolled') return { id: known.id, token: undefined };
  const renewed = await api.call(agentRoutes.renewEnrolment, { params: { agent: known.id } });
  return { id: known.id, token: renewed.token };
}
