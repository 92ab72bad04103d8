import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '@vakhta/api';
import * as z from 'zod';

/** As much of JSON Schema 2020-12 as the table of fields tells. */
export interface FieldSchema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  anyOf?: FieldSchema[];
  oneOf?: FieldSchema[];
  properties?: Record<string, FieldSchema>;
  required?: string[];
  additionalProperties?: FieldSchema | boolean;
  items?: FieldSchema;
  format?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

const Schema = z.custom<FieldSchema>((value) => typeof value === 'object' && value !== null);
const Content = z.record(
  z.string(),
  z.object({ schema: Schema.optional(), example: z.unknown().optional() }),
);

const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.tuple([z.string()]),
  'x-access': z.string(),
  'x-codeSamples': z.array(z.object({ label: z.string(), source: z.string() })),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: Schema,
      example: z.unknown().optional(),
    }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: Content.optional() })),
});

const Document = z.object({
  info: z.object({ version: z.string() }),
  tags: z.array(z.object({ name: z.string(), 'x-title': z.object({ en: z.string(), ru: z.string() }) })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

export interface Route extends z.infer<typeof Operation> {
  method: string;
  path: string;
}

export interface Reference {
  version: string;
  groups: { title: { en: string; ru: string }; anchor: string; routes: Route[] }[];
  schemas: Readonly<Record<string, FieldSchema>>;
}

/** The desk's own description of its API. */
export const referenceQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: async ({ signal }): Promise<Reference> => {
    const response = await fetch('/api/openapi.json', { signal });
    if (!response.ok) throw new ApiError(response.status, 'internal', `HTTP ${response.status}`, {});
    return readReference(await response.json());
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Parses an OpenAPI document of ours; throws where it is none. */
function readReference(document: unknown): Reference {
  const { info, tags, paths, components } = Document.parse(document);
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
  return {
    version: info.version,
    schemas: components.schemas,
    groups: tags.map(({ name, 'x-title': title }) => ({
      title,
      anchor: name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
      routes: routes.filter((route) => route.tags[0] === name),
    })),
  };
}
