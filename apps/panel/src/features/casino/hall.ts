import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type CasinoHall, casinoFloorRoutes } from '@vakhta/api';
import { api } from '../../app/api.ts';

export const hallsQuery = queryOptions({
  queryKey: ['casino', 'halls'],
  queryFn: async (): Promise<CasinoHall[]> => (await api.call(casinoFloorRoutes.listHalls)).items,
});

const route = getRouteApi('/signed-in/casino/$hall');

/** The id of the hall that the page is about: it stands in the address, so that a link opens the same hall. */
export const useHallId = (): string => route.useParams().hall;

/** The hall itself. Only below the hall's frame, which waits for it. */
export function useHall(): CasinoHall {
  const id = useHallId();
  const hall = useQuery(hallsQuery).data?.find((one) => one.id === id);
  if (!hall) throw new Error(`no hall ${id} below its frame`);
  return hall;
}
