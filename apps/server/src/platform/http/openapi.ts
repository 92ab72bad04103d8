import { type Access, ErrorBody, type ErrorCode, errorStatus, type RouteDeclaration } from '@vakhta/api';
import { codeSamples, exampleAnswer, exampleRequest, type RouteGroup } from '@vakhta/api/reference';
import * as z from 'zod';
import { API_PREFIX } from './api-server.ts';

type JsonSchema = Record<string, unknown>;

export interface OpenApiOptions {
  title: string;
  version: string;
  sessionCookie: string;
}

/**
 * The OpenAPI 3.1 document of declared routes, in their groups. Its schemas are those that requests and answers are
 * checked by; its examples fit them.
 */
export function openApiDocument(
  groups: readonly RouteGroup[],
  { title, version, sessionCookie }: OpenApiOptions,
): JsonSchema {
  const components = new Components();
  components.add('Error', ErrorBody, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const group of groups)
    for (const [name, route] of Object.entries(group.routes)) {
      const path = API_PREFIX + route.path;
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = {
        tags: [group.title.en],
        ...operation(name, route, components),
      };
    }
  return {
    openapi: '3.1.0',
    info: { title, version },
    security: [{ token: [] }, { session: [] }],
    tags: groups.map(({ title }) => ({ name: title.en, 'x-title': title })),
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
  const example = exampleRequest(name, route);
  const success = route.response
    ? {
        [route.produces ?? 'application/json']: {
          schema: components.schema(`${name}.response`, route.response, 'output'),
          example: exampleAnswer(name, route),
        },
      }
    : route.produces
      ? { [route.produces]: {} }
      : undefined;
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access === 'public' && { security: [] }),
    ...(route.access === 'session' && { security: [{ session: [] }] }),
    'x-access': route.access,
    'x-codeSamples': codeSamples(name, route),
    parameters: [
      ...parameters(`${name}.path`, 'path', route.params, example.params, components),
      ...parameters(`${name}.query`, 'query', route.query, example.query, components),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: components.schema(`${name}.body`, route.body, 'input'),
            example: example.body,
          },
        },
      },
    }),
    responses: {
      [status]: { description: 'Done', ...(success && { content: success }) },
      ...refusals(route),
      default: {
        description: `Any other error: ${[...new Set(Object.values(errorStatus))].sort().join(', ')}`,
        content: errorContent,
      },
    },
  };
}

const errorContent = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };

/** What every route of such a form refuses. */
const refusalsOf: readonly {
  code: ErrorCode;
  when: string;
  applies(route: RouteDeclaration): boolean;
  example: { message: string; field?: string; rule?: string };
}[] = [
  {
    code: 'invalid_field',
    when: 'A parameter or the body breaks a rule',
    applies: ({ params, query, body }) => [params, query, body].some((part) => part !== undefined),
    example: { message: 'must be 100 or less', field: 'volume', rule: 'maximum' },
  },
  {
    code: 'not_signed_in',
    when: 'No session and no token, or one that does not hold any more',
    applies: ({ access }) => access !== 'public',
    example: { message: 'sign in, or give an API token' },
  },
  {
    code: 'forbidden',
    when: 'The caller has not got the permission',
    applies: ({ access }) => !isForAnybody(access),
    example: { message: 'this needs a permission that you have not got' },
  },
  {
    code: 'not_found',
    when: 'It is not there, or belongs to another organisation',
    applies: ({ params }) => params !== undefined,
    example: { message: 'there is no such thing' },
  },
  {
    code: 'too_many_requests',
    when: 'Too many requests',
    applies: () => true,
    example: { message: 'too many requests; wait a minute' },
  },
];

const isForAnybody = (access: Access): boolean =>
  access === 'public' || access === 'signed-in' || access === 'session';

function refusals(route: RouteDeclaration): JsonSchema {
  return Object.fromEntries(
    refusalsOf
      .filter(({ applies }) => applies(route))
      .map(({ code, when, example }) => [
        errorStatus[code],
        {
          description: when,
          content: {
            'application/json': {
              ...errorContent['application/json'],
              example: { error: { code, ...example } },
            },
          },
        },
      ]),
  );
}

function parameters(
  name: string,
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  examples: Readonly<Record<string, unknown>> | undefined,
  components: Components,
): JsonSchema[] {
  return Object.entries(schema?.shape ?? {}).map(([field, type]) => ({
    name: field,
    in: place,
    required: place === 'path' || !z.safeParse(type, undefined).success,
    schema: components.schema(`${name}.${field}`, type, 'input'),
    ...(examples?.[field] !== undefined && { example: examples[field] }),
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
