import { ErrorBody, routes } from '@vakhta/api';
import { routeGroups } from '@vakhta/api/reference';
import { expect, test } from 'vitest';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument(routeGroups, { title: 'Vakhta', version: '0', sessionCookie: 'session' });
const text = JSON.stringify(document);

interface Operation {
  operationId: string;
  tags: string[];
  security?: object[];
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
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

test('errors that a route is bound to give are told with an example of their form', () => {
  const statuses = (operation: Operation | undefined) => Object.keys(operation!.responses);
  expect(statuses(paths['/api/v1/things/{thing}']!.patch)).toEqual([
    '200',
    '400',
    '401',
    '403',
    '404',
    '429',
    'default',
  ]);
  expect(statuses(paths['/api/v1/door']!.get)).toEqual(['200', '429', 'default']);
  for (const operations of Object.values(paths))
    for (const { responses } of Object.values(operations))
      for (const [status, { content }] of Object.entries(responses))
        if (Number(status) >= 400) ErrorBody.parse(content?.['application/json']?.example);
});

test('every operation stands in a group that the document lists', () => {
  const tags = (document.tags as { name: string }[]).map(({ name }) => name);
  for (const operations of Object.values(paths))
    for (const operation of Object.values(operations)) expect(tags).toContain(operation.tags[0]);
});
