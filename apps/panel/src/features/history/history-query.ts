import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type History, type LogEntry, routes } from '@vakhta/api';
import { api } from '../../app/api.ts';
import type { Range } from './span.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** What a property was, in at most so many points; while the span changes the last one stays. */
export const propertyHistoryQuery = (thing: string, property: string, { from, to }: Range, points: number) =>
  queryOptions({
    queryKey: ['history', thing, property, from, to, points],
    queryFn: ({ signal }): Promise<History> =>
      api.call(
        routes.getPropertyHistory,
        { params: { thing, property }, query: { from: iso(from), to: iso(to), points } },
        { signal },
      ),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export const presenceHistoryQuery = (thing: string, { from, to }: Range, points: number) =>
  queryOptions({
    queryKey: ['history', thing, '', from, to, points],
    queryFn: ({ signal }): Promise<History> =>
      api.call(
        routes.getPresenceHistory,
        { params: { thing }, query: { from: iso(from), to: iso(to), points } },
        { signal },
      ),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export const MOST_EVENTS = 500;

/** The newest events of the span. */
export const eventsQuery = (thing: string, { from, to }: Range) =>
  queryOptions({
    queryKey: ['history', thing, 'events', from, to],
    queryFn: async ({ signal }): Promise<LogEntry[]> => {
      const query = { from: iso(from), to: iso(to), kind: 'event', limit: MOST_EVENTS } as const;
      return (await api.call(routes.getThingLog, { params: { thing }, query }, { signal })).items;
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
