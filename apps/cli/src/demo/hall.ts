import { join } from 'node:path';
import { type ApiClient, groupRoutes, siteRoutes, thingRoutes } from '@vakhta/api';
import type { Clock } from '@vakhta/kernel';
import { modelKnown } from './seed.ts';

const MODEL = 'egm';
/** The site that is the hall. */
export const HALL_NAME = 'Игровой зал «Маяк»';
/** Banks of the floor, and how many machines stand in each. */
const banks = ['A', 'B', 'C', 'D', 'E'] as const;
const perBank = 8;

/** Where each machine of the hall stands: 'A-01', … */
export const positions: readonly string[] = banks.flatMap((bank) =>
  Array.from({ length: perBank }, (_, index) => `${bank}-${String(index + 1).padStart(2, '0')}`),
);

/** The hall's simulator: one TCP line a machine, from `portBase` on; the machines count on at the next start. */
export const hallArguments = (root: string, portBase: number, data: string): string[] => [
  join(root, 'packages/egm/bin/egm.ts'),
  'simulate',
  ...['--count', String(positions.length)],
  ...['--port-base', String(portBase)],
  ...['--memory', join(data, 'machines.json')],
];

const configurationOf = (index: number, portBase: number) => ({
  line: `tcp://127.0.0.1:${portBase + index}`,
  timeZone: 'Europe/Minsk',
  gameDayStart: '06:00',
});

/** The machines that are there, by their position. */
async function machines(api: ApiClient): Promise<Map<string, string>> {
  const { items } = await api.call(thingRoutes.listThings, { query: { limit: 1000, model: MODEL } });
  return new Map(items.map(({ name, id }) => [name, id]));
}

/** Adds the hall and its machines. What is there already is left as it is. */
export async function seedHall(
  api: ApiClient,
  { agent, portBase, clock }: { agent: string; portBase: number; clock: Clock },
): Promise<void> {
  await modelKnown(api, clock, MODEL);
  const { items } = await api.call(siteRoutes.listSites, { query: { limit: 1000 } });
  const site =
    items.find(({ name }) => name === HALL_NAME)?.id ??
    (await api.call(siteRoutes.createSite, { body: { name: HALL_NAME } })).id;
  const there = await machines(api);
  for (const [index, name] of positions.entries()) {
    if (there.has(name)) continue;
    const body = { name, model: MODEL, agent, site, configuration: configurationOf(index, portBase) };
    there.set(name, (await api.call(thingRoutes.createThing, { body })).id);
  }
  const groups = await api.call(groupRoutes.listGroups, { query: { limit: 1000 } });
  for (const bank of banks) {
    const name = `Банк ${bank}`;
    if (groups.items.some((group) => group.name === name)) continue;
    const things = positions.filter((each) => each.startsWith(bank)).map((each) => there.get(each)!);
    await api.call(groupRoutes.createGroup, { body: { name, things } });
  }
}

/** Points the machines at where the simulator is now, after its ports had to be chosen anew. */
export async function rewireHall(api: ApiClient, portBase: number): Promise<void> {
  const there = await machines(api);
  for (const [index, name] of positions.entries()) {
    const thing = there.get(name);
    if (thing === undefined) continue;
    const body = { configuration: configurationOf(index, portBase) };
    await api.call(thingRoutes.changeThing, { params: { thing }, body });
  }
}

export async function listHall(api: ApiClient) {
  return (await api.call(thingRoutes.listThings, { query: { limit: 1000, model: MODEL } })).items;
}
