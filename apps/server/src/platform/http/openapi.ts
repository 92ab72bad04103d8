import { ErrorBody, errorStatus, type RouteDeclaration } from '@vakhta/api';
import * as z from 'zod';
import { API_PREFIX } from './api-server.ts';

type JsonSchema = Record<string, unknown>;

export interface OpenApiOptions {
  title: string;
  version: string;
  sessionCookie: string;
}

/** The OpenAPI 3.1 document of declared routes. Its schemas are those that requests and answers are checked by. */
export function openApiDocument(
  routes: Readonly<Record<string, RouteDeclaration>>,
  { title, version, sessionCookie }: OpenApiOptions,
): JsonSchema {
  const components = new Components();
  components.add('Error', ErrorBody, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = API_PREFIX + route.path;
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(name, route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
      schemas: components.schemas,
    },
  };
}

function operation(name: string, route: RouteDeclaration, components: Components): JsonSchema {
  const status = route.status ?? 200;
  const success = route.response
    ? {
        [route.produces ?? 'application/json']: {
          schema: components.schema(`${name}.response`, route.response, 'output'),
        },
      }
    : route.produces
      ? { [route.produces]: {} }
      : undefined;
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access === 'public' && { security: [] }),
    'x-access': route.access,
    parameters: [
      ...parameters(`${name}.path`, 'path', route.params, components),
      ...parameters(`${name}.query`, 'query', route.query, components),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: components.schema(`${name}.body`, route.body, 'input') } },
      },
    }),
    responses: {
      [status]: { description: 'Done', ...(success && { content: success }) },
      default: {
        description: `An error: ${[...new Set(Object.values(errorStatus))].sort().join(', ')}`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function parameters(
  name: string,
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  components: Components,
): JsonSchema[] {
  return Object.entries(schema?.shape ?? {}).map(([field, type]) => ({
    name: field,
    in: place,
    required: place === 'path' || !z.safeParse(type, undefined).success,
    schema: components.schema(`${name}.${field}`, type, 'input'),
  }));
}

/** Schemas that are referred to. One that contains itself (any JSON value, a nested data schema) can stand nowhere else. */
class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  add(name: string, schema: z.core.$ZodType, io: 'input' | 'output'): void {
    this.schemas[name] = this.schema(name, schema, io);
  }

  /** As JSON Schema 2020-12, the dialect of OpenAPI 3.1; what it defines on the way becomes components named after it. */
  schema(name: string, schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _,
      $defs,
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
    const rename = (part: unknown): JsonSchema =>
      JSON.parse(JSON.stringify(part), (key, value: unknown) =>
        key === '$ref' && typeof value === 'string' ? renamed(name, value) : value,
      );
    for (const [key, definition] of Object.entries(($defs ?? {}) as Record<string, unknown>))
      this.schemas[componentName(name, key)] = rename(definition);
    const whole = rename(root);
    if (JSON.stringify(root).includes('"$ref":"#"')) {
      this.schemas[name] = whole;
      return { $ref: `#/components/schemas/${name}` };
    }
    return whole;
  }
}

const componentName = (name: string, definition: string): string =>
  `${name}.${definition.replaceAll('_', '')}`;

function renamed(name: string, ref: string): string {
  if (ref === '#') return `#/components/schemas/${name}`;
  return ref.replace(
    /^#\/\$defs\/(\w+)/,
    (_, key: string) => `#/components/schemas/${componentName(name, key)}`,
  );
}
