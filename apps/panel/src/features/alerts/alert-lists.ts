import { queryOptions } from '@tanstack/react-query';
import {
  type Alert,
  type AlertRule,
  type AlertState,
  type MaintenanceWindow,
  routes,
  type Webhook,
} from '@vakhta/api';
import { everyItem } from '@vakhta/sdk';
import { api } from '../../app/api.ts';

const NEWEST = 100;

/** Alerts in one state; of the cleared ones, which grow for ever, the newest. The key begins with the live message's word. */
export const alertsQuery = (state: AlertState) =>
  queryOptions({
    queryKey: ['alerts', state],
    queryFn: async (): Promise<Alert[]> =>
      state === 'cleared'
        ? (await api.call(routes.listAlerts, { query: { state, limit: NEWEST } })).items
        : everyItem((query) => api.call(routes.listAlerts, { query: { ...query, state } })),
  });

/** What is wrong with one thing now. */
export const thingAlertsQuery = (thing: string) =>
  queryOptions({
    queryKey: ['alerts', 'of', thing],
    queryFn: async (): Promise<Alert[]> =>
      (await api.call(routes.listAlerts, { query: { thing, limit: 20 } })).items.filter(
        ({ state }) => state !== 'cleared',
      ),
  });

export const alertRulesQuery = queryOptions({
  queryKey: ['alertRules'],
  queryFn: (): Promise<AlertRule[]> => everyItem((query) => api.call(routes.listAlertRules, { query })),
});

export const maintenanceQuery = queryOptions({
  queryKey: ['maintenance'],
  queryFn: (): Promise<MaintenanceWindow[]> =>
    everyItem((query) => api.call(routes.listMaintenance, { query })),
});

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: (): Promise<Webhook[]> => everyItem((query) => api.call(routes.listWebhooks, { query })),
});
