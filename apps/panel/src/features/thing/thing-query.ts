import { queryOptions } from '@tanstack/react-query';
import { routes, type ThingDetail } from '@vakhta/api';
import { api } from '../../app/api.ts';
import { things } from '../../live/live.ts';

/** A thing with its configuration; its state goes to the live store. Asked again whenever things change. */
export const thingQuery = (thing: string) =>
  queryOptions({
    queryKey: ['things', thing],
    queryFn: async ({ signal }): Promise<ThingDetail> => {
      const detail = await api.call(routes.getThing, { params: { thing } }, { signal });
      things.load([detail]);
      return detail;
    },
  });
