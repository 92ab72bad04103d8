import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, settings } from './config.ts';

const compose = parse(readFileSync(join(import.meta.dirname, '../../../deploy/compose.yaml'), 'utf8'));

test('the compose file starts a server with settings that a server takes', () => {
  const given: Record<string, string> = compose.services.vakhta.environment;
  expect(Object.keys(given).filter((name) => !Object.hasOwn(settings, name))).toEqual([]);
  const filledIn = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      value
        .replace(/\$\{VAKHTA_PUBLIC_URL[^}]*\}/, 'https://desk.example')
        .replace(/\$\{\w+[^}]*\}/, 'secret'),
    ]),
  );
  expect(readConfig(filledIn)).toMatchObject({
    host: '0.0.0.0',
    port: 8080,
    behindProxy: true,
    publicUrl: 'https://desk.example',
    databaseUrl: 'postgres://vakhta:secret@postgres:5432/vakhta',
  });
});

test('what it keeps is in volumes that it declares', () => {
  const mounted = Object.values<{ volumes: string[] }>(compose.services)
    .flatMap(({ volumes }) => volumes)
    .map((volume) => volume.split(':')[0]!)
    .filter((source) => !source.startsWith('.'));
  expect(mounted.toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
});
