import { routes } from '@vakhta/api';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument(routes, { title: 'Vakhta', version: '0', sessionCookie: 'session' });
const text = JSON.stringify(document);

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
  parameters: { name: string; in: string; required: boolean }[];
}
const paths = document.paths as Record<string, Record<string, Operation>>;

test('every declared route is in the document, under its own name', () => {
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
    ),
  );
  expect(described.sort()).toEqual(
    Object.entries(routes)
      .map(([name, route]) => `${name} ${route.method} /api/v1${route.path}`)
      .sort(),
  );
});

test('every reference leads to a schema that is there', () => {
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
  expect(references.length).toBeGreaterThan(10);
  for (const reference of new Set(references))
    expect(Object.keys(schemas)).toContain(reference.replace('#/components/schemas/', ''));
});

test('names of schemas are those that OpenAPI allows', () => {
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  for (const name of Object.keys(schemas)) expect(name).toMatch(/^[a-zA-Z0-9.\-_]+$/);
});

test('path parameters are all there and required, query parameters are optional where they have a default', () => {
  const parameters = paths['/api/v1/things/{thing}/log']!.get!.parameters;
  expect(parameters.find(({ name }) => name === 'thing')).toMatchObject({ in: 'path', required: true });
  expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({ in: 'query', required: false });
});
