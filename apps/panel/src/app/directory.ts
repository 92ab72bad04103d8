import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Agent, type Group, routes, type Site, type Thing } from '@vakhta/api';
import { everyItem } from '@vakhta/sdk';
import type { ThingModel } from '@vakhta/things';
import { useMemo } from 'react';
import { things } from '../live/live.ts';
import { api } from './api.ts';

/** The lists that every screen reads names from. Their keys are the words of the live message `changed`. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async (): Promise<ThingModel[]> => (await api.call(routes.listModels)).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: (): Promise<Site[]> => everyItem((query) => api.call(routes.listSites, { query })),
});

export const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: (): Promise<Group[]> => everyItem((query) => api.call(routes.listGroups, { query })),
});

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: (): Promise<Agent[]> => everyItem((query) => api.call(routes.listAgents, { query })),
});

/** Also fills the live store, which holds the state; what is here is what changes seldom. */
export const thingsQuery = queryOptions({
  queryKey: ['things'],
  queryFn: async (): Promise<Thing[]> => {
    const list = await everyItem((query) => api.call(routes.listThings, { query }));
    things.load(list);
    return list;
  },
});

/** A list by id, for turning ids into names. */
function useById<Item extends { id: string }>(items: readonly Item[] | undefined): ReadonlyMap<string, Item> {
  return useMemo(() => new Map(items?.map((item) => [item.id, item])), [items]);
}

export const useModels = () => useById(useQuery(modelsQuery).data);
export const useSites = () => useById(useQuery(sitesQuery).data);
export const useGroups = () => useById(useQuery(groupsQuery).data);
export const useThings = () => useById(useQuery(thingsQuery).data);
/** Empty for those who may not see agents. */
export const useAgents = (enabled = true) => useById(useQuery({ ...agentsQuery, enabled }).data);
