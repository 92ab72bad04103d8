import { useQuery } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { everyItem } from '@vakhta/sdk';
import { useCallback, useSyncExternalStore } from 'react';
import { api } from '../app/api.ts';
import type { KnownCommand } from './command-store.ts';
import { commands } from './live.ts';

/** The commands of a group request as they live; asked of the server once, for those who come back to it later. */
export function useBatch(batch: string): readonly KnownCommand[] {
  useQuery({
    queryKey: ['batch', batch],
    queryFn: async () => {
      const items = await everyItem((query) => api.call(routes.listCommands, { query: { ...query, batch } }));
      commands.load(items);
      return items.length;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const subscribe = useCallback(
    (listener: () => void) => commands.subscribe(`batch:${batch}`, listener),
    [batch],
  );
  return useSyncExternalStore(subscribe, () => commands.ofBatch(batch));
}
