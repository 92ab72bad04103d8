import type { Json } from '@vakhta/kernel';
import type * as z from 'zod';
import type { RouteDeclaration } from '../route.ts';
import type { routes } from '../routes.ts';
import { exampleOf } from './example-of.ts';
import { requestExamples } from './route-examples.ts';

export interface ExampleRequest {
  params?: Record<string, string>;
  query?: Record<string, Json>;
  body?: Json;
}

/** A request that the route takes. */
export function exampleRequest(name: string, route: RouteDeclaration): ExampleRequest {
  const own = (requestExamples[name as keyof typeof routes] ?? {}) as ExampleRequest;
  const params = route.params && (own.params ?? (exampleOf(route.params, 'input') as Record<string, string>));
  const query = own.query ?? neededOf(route.query);
  const body = route.body && (own.body ?? exampleOf(route.body, 'input'));
  return {
    ...(params && { params }),
    ...(query && Object.keys(query).length > 0 && { query }),
    ...(body !== undefined && { body }),
  };
}

/** Of a query only what has to be given. */
function neededOf(query: z.ZodObject | undefined): Record<string, Json> {
  if (!query || query.safeParse({}).success) return {};
  return exampleOf(query, 'input') as Record<string, Json>;
}
