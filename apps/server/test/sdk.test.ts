import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandOrder } from '@vakhta/link';
import { openDesk, routes } from '@vakhta/sdk';
import { ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stageSdk } from '../../../packages/sdk/pack/stage-sdk.ts';
import { type EmptyProject, installInEmptyProject } from '../../../tools/pack/empty-project.ts';
import { type Fixture, seedOrganisation } from './fixture.ts';
import { LinkClient } from './link-client.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from './running-desk.ts';

const home = join(import.meta.dirname, '../../../packages/sdk');

let desk: RunningDesk;
let fixture: Fixture;
let agent: LinkClient;
let project: EmptyProject;
let environment: { VAKHTA_URL: string; VAKHTA_TOKEN: string };
let blocks: string[];
let stopped = false;

beforeAll(async () => {
  [project, desk] = await Promise.all([
    installInEmptyProject({ stage: stageSdk, home, needs: ['zod'] }),
    startDesk(),
  ]);
  fixture = await seedOrganisation(desk.database, { things: 3 });
  await becomeScreens();
  const { token } = await joinWithToken(desk, fixture.organisation, await createPerson(desk), ['owner']);
  environment = { VAKHTA_URL: desk.url, VAKHTA_TOKEN: token };
  agent = await LinkClient.connect(desk.url, fixture);
  void carryOutOrders();
  await vi.waitFor(async () => {
    const { items } = await open().call(routes.listThings);
    expect(items.map(({ online }) => online)).toEqual([true, true, true]);
  });
  const readme = await readFile(join(home, 'README.md'), 'utf8');
  blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block!);
}, 180_000);
afterAll(async () => {
  stopped = true;
  agent?.close();
  await desk?.stop();
  await project?.remove();
});

const open = () => openDesk({ server: desk.url, token: environment.VAKHTA_TOKEN });

/** The README speaks of screens on platforms, not of lamps. */
const becomeScreens = () =>
  desk.database.owner(async (tx) => {
    const volume = { type: 'integer', minimum: 0, maximum: 100, unit: '%' };
    const model = ThingModel.parse({
      id: 'lamp',
      version: '1.0.1',
      title: { en: 'Screen', ru: 'Экран' },
      configuration: { type: 'object' },
      properties: { volume: { title: { en: 'Volume', ru: 'Громкость' }, schema: volume } },
      actions: {
        setVolume: {
          title: { en: 'Set volume', ru: 'Установить громкость' },
          input: { type: 'object', properties: { volume }, required: ['volume'] },
          effect: { property: 'volume', input: 'volume' },
          timeout: 10_000,
        },
      },
      events: {},
    });
    await sql`update thing_models set definition = ${JSON.stringify(model)}::json, version = '1.0.1'
      where org_id = ${fixture.organisation}`.execute(tx);
    for (const [index, name] of ['Platform 1, left', 'Platform 1, right', 'Platform 2'].entries())
      await sql`update things set name = ${name} where id = ${fixture.things[index]}`.execute(tx);
  });

/** Sets volumes and reads them back, but for 99, at which a screen says no. */
async function carryOutOrders(): Promise<void> {
  let next = 1;
  const tell = async (items: object[]) => {
    agent.send({ type: 'observations', stream: fixture.stream, from: next, items });
    next += items.length;
    await agent.next('acknowledge');
  };
  await tell(fixture.things.map((thing) => ({ kind: 'presence', thing, online: true, at: Date.now() })));
  while (!stopped) {
    const message = await agent
      .next<{ type: string; order: { payload: string } }>('order')
      .catch(() => undefined);
    if (!message) continue;
    const { order } = message;
    const { id: command, thing, input } = CommandOrder.parse(JSON.parse(order.payload));
    const at = Date.now();
    await tell(
      input.volume === 99
        ? [
            {
              kind: 'command',
              command,
              state: 'failed',
              code: 'tv.muted',
              message: 'the screen is muted',
              at,
            },
          ]
        : [
            { kind: 'property', thing, name: 'volume', value: input.volume, at },
            { kind: 'command', command, state: 'succeeded', observed: true, at },
          ],
    );
  }
}

async function runBlock(index: number): Promise<string[]> {
  await project.write(`example-${index}.ts`, blocks[index]!);
  const printed = await project.node([`example-${index}.ts`], environment);
  return printed.trimEnd().split('\n');
}

test('the README’s programs fit the types of the package', async () => {
  expect(blocks).toHaveLength(5);
  const files = blocks.map((_, index) => `typed-${index}.ts`);
  for (const [index, file] of files.entries()) await project.write(file, `${blocks[index]}\nexport {};\n`);
  for (const file of files) expect(await project.typeCheck(file)).toBe('');
  await project.write(
    'wrong.ts',
    `import { openDesk, routes } from '@vakhta/sdk';
     void openDesk({ server: '' }).call(routes.getThing, { params: { ting: '' } });`,
  );
  expect(await project.typeCheck('wrong.ts')).toContain('ting');
}, 120_000);

test('the README lists what a desk has', async () => {
  expect(await runBlock(0)).toEqual([
    'Platform 1, left answers',
    'Platform 1, right answers',
    'Platform 2 answers',
  ]);
});

test('the README asks a screen for something and sees it done', async () => {
  expect(await runBlock(1)).toEqual(['succeeded and read back']);
});

test('the README asks many and tells how far it is', async () => {
  const lines = await runBlock(2);
  expect(lines.at(-1)).toBe('3 of 3');
});

test('the README hears what changes', async () => {
  expect(await runBlock(3)).toContain('volume is 20');
});

test('the README reads a CSV file and tells what was wrong', async () => {
  const [head, problem] = await runBlock(4);
  expect(head).toMatch(/^\W*at,/);
  expect(problem).toBe('400 invalid_field volume maximum');
});

test('the file for browsers is the same without a package beside it', async () => {
  await project.write(
    'bundle.js',
    `import { openDesk, routes } from '@vakhta/sdk/browser';
     const desk = openDesk({ server: process.env.VAKHTA_URL, token: process.env.VAKHTA_TOKEN });
     const { items } = await desk.call(routes.listThings, { query: { q: 'left' } });
     console.log((await desk.act(items[0].id, 'setVolume', { volume: 40 })).state);`,
  );
  expect((await project.node(['bundle.js'], environment)).trim()).toBe('succeeded');
  const file = join(project.folder, 'node_modules/@vakhta/sdk/dist/browser/vakhta-sdk.js');
  expect(await readFile(file, 'utf8')).not.toMatch(/^import /m);
});

test('a machine that says no is an answer; who stops waiting is told so at once', async () => {
  const [screen] = fixture.things;
  const refused = await open().act(screen, 'setVolume', { volume: 99 });
  expect(refused).toMatchObject({ state: 'failed', outcome: { code: 'tv.muted' } });
  const reason = new Error('no longer of interest');
  const given = AbortSignal.abort(reason);
  await expect(open().act(screen, 'setVolume', { volume: 5 }, { signal: given })).rejects.toThrow(reason);
});

test('a list is followed from page to page, and no further than it is taken', async () => {
  const asked: string[] = [];
  const counting = openDesk({
    server: desk.url,
    token: environment.VAKHTA_TOKEN,
    fetch: (url, init) => {
      asked.push(String(url));
      return fetch(url, init);
    },
  });
  const names: string[] = [];
  for await (const { name } of counting.each(routes.listThings, { query: { limit: 1 } })) names.push(name);
  expect(names).toEqual(['Platform 1, left', 'Platform 1, right', 'Platform 2']);
  expect(asked).toHaveLength(3);
  asked.length = 0;
  for await (const _ of counting.each(routes.listThings, { query: { limit: 1 } })) break;
  expect(asked).toHaveLength(1);
});
