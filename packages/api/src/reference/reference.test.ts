import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RouteDeclaration } from '../route.ts';
import { routes } from '../routes.ts';
import { codeSamples } from './code-samples.ts';
import { exampleRequest } from './example-request.ts';
import { exampleAnswer } from './route-examples.ts';
import { routeGroups } from './route-groups.ts';

const all: [string, RouteDeclaration][] = Object.entries(routes);

test('every route is in one group, and no group has another', () => {
  const grouped = routeGroups.flatMap(({ routes }) => Object.keys(routes));
  expect(grouped.toSorted()).toEqual(all.map(([name]) => name).toSorted());
});

describe.each(all)('%s', (name, route) => {
  test('its example request is one that its schemas take', () => {
    const { params, query, body } = exampleRequest(name, route);
    for (const [schema, given] of [
      [route.params, params],
      [route.query, query ?? {}],
      [route.body, body],
    ] as const)
      expect(schema?.safeParse(given).error?.issues ?? []).toEqual([]);
  });

  test('its example answer is one that its schema lets out', () => {
    const answer = exampleAnswer(name, route);
    expect(answer === undefined).toBe(route.response === undefined);
    expect(route.response?.safeParse(answer).error?.issues ?? []).toEqual([]);
  });
});

test('what a shell makes of the curl samples is the request that is meant', () => {
  for (const [name, route] of all) {
    const { params = {}, query = {}, body } = exampleRequest(name, route);
    const { source } = codeSamples(name, route)[0]!;
    const args = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${source}`], {
      env: { DESK: 'http://desk', TOKEN: 't0ken', PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    }).split('\0');
    const given = (option: string) => (args.includes(option) ? args[args.indexOf(option) + 1] : undefined);
    expect(given('-X') ?? 'GET').toBe(route.method);
    expect(given('-d') && JSON.parse(given('-d')!)).toEqual(body);
    const address = new URL(args.at(-2)!);
    expect(Object.fromEntries(address.searchParams)).toEqual(
      Object.fromEntries(Object.entries(query).map(([field, value]) => [field, String(value)])),
    );
    const path = route.path
      .split('/')
      .map((part) => (part.startsWith('{') ? params[part.slice(1, -1)] : part));
    expect(address.pathname.split('/').map(decodeURIComponent).join('/')).toBe(`/api/v1${path.join('/')}`);
  }
});

test('the SDK samples compile', async () => {
  const root = join(import.meta.dirname, '../../../..');
  const folder = await mkdtemp(join(tmpdir(), 'vakhta-samples-'));
  try {
    const samples = all.map(([name, route]) => {
      const source = codeSamples(name, route)[1]!.source;
      return `export async function ${name}_(desk: Desk) {\n${source}\n}`;
    });
    await writeFile(
      join(folder, 'samples.ts'),
      `import { type Desk, routes } from '@vakhta/sdk';\n${samples.join('\n')}\n`,
    );
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: {
          noUnusedLocals: false,
          typeRoots: [join(root, 'node_modules/@types')],
          paths: { '@vakhta/sdk': [join(root, 'packages/sdk/src/index.ts')] },
        },
        files: ['samples.ts'],
      }),
    );
    const tsc = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    expect(tsc.stdout).toBe('');
    expect(tsc.status).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
