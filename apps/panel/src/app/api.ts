import { createClient } from '@vakhta/api';
import { chosenOrganisation } from './organisation.ts';
import { learnServerTime } from './server-time.ts';

/** The one client of the panel: this page's server, the session's cookie. */
export const api = createClient({
  server: '',
  organisation: chosenOrganisation,
  fetch: async (...request) => {
    const response = await fetch(...request);
    learnServerTime(response);
    return response;
  },
});

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** Follows `next` to the end of a list. */
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
