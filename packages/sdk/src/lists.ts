import type { ApiClient, RouteDeclaration, RouteRequest, RouteResponse } from '@vakhta/api';
import type * as z from 'zod';

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** A route that answers a list page by page. */
export type ListRoute = RouteDeclaration & { response: z.ZodType<Page<unknown>> };
export type ItemOf<R extends ListRoute> = RouteResponse<R> extends Page<infer Item> ? Item : never;

/** Every item of a list, page after page, as they are asked for. */
export async function* eachItem<R extends ListRoute>(
  client: ApiClient,
  route: R,
  request: RouteRequest<R>,
  options?: { signal?: AbortSignal },
): AsyncGenerator<ItemOf<R>, void> {
  let page = request as { query?: Record<string, unknown> };
  for (;;) {
    const { items, next } = (await client.call(route, page as RouteRequest<R>, options)) as Page<ItemOf<R>>;
    yield* items;
    if (next === null) return;
    page = { ...page, query: { ...page.query, cursor: next } };
  }
}

/** Follows `next` to the end of a list, in pages as large as they come. */
export async function everyItem<Item>(
  ask: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await ask({ limit: 1000, ...(cursor && { cursor }) });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return items;
}
