import { ThingModel } from '@vakhta/things';
import * as z from 'zod';
import { Id, JsonValue, Name, Time } from '../fields.ts';
import { PageQuery, pageOf } from '../page.ts';
import { route } from '../route.ts';
import { ThingStateAsOf } from './history.ts';

/** A property's latest known value; `value` null: it can not be known. */
export const PropertyState = z.object({ value: JsonValue, at: Time, stale: z.boolean() });
export type PropertyState = z.infer<typeof PropertyState>;

export const Thing = z.object({
  id: Id,
  name: z.string(),
  model: z.string(),
  site: Id,
  agent: Id,
  groups: z.array(Id),
  online: z.boolean(),
  offlineReason: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why it is not online, where known: a code with a text for engineers.'),
  lastSeen: Time.nullable(),
  properties: z
    .record(z.string(), PropertyState)
    .describe('Only properties that were ever observed are here.'),
});
export type Thing = z.infer<typeof Thing>;

/** A thing with what its managers set. */
export const ThingDetail = Thing.extend({ configuration: z.record(z.string(), JsonValue) });
export type ThingDetail = z.infer<typeof ThingDetail>;

export const LogEntry = z.object({
  id: z.number().int(),
  kind: z.enum(['property', 'event', 'presence', 'command', 'agent']),
  thing: Id.nullable(),
  agent: Id,
  name: z.string(),
  data: JsonValue,
  at: Time,
  receivedAt: Time,
});
export type LogEntry = z.infer<typeof LogEntry>;

const params = z.object({ thing: Id });
const configuration = z.record(z.string(), JsonValue);

export const thingRoutes = {
  listModels: route({
    method: 'GET',
    path: '/models',
    summary: 'The kinds of things that the agents have drivers for',
    access: 'things.view',
    response: pageOf(ThingModel),
  }),
  getModel: route({
    method: 'GET',
    path: '/models/{model}',
    summary: 'One Thing Model',
    access: 'things.view',
    params: z.object({ model: z.string().max(48) }),
    response: ThingModel,
  }),
  listThings: route({
    method: 'GET',
    path: '/things',
    summary: 'Things with their state',
    access: 'things.view',
    query: PageQuery.extend({
      site: Id.optional(),
      group: Id.optional(),
      agent: Id.optional(),
      model: z.string().max(48).optional(),
      q: z.string().max(120).optional().describe('Part of a name, in any case.'),
    }),
    response: pageOf(Thing),
  }),
  createThing: route({
    method: 'POST',
    path: '/things',
    summary: 'Add a thing; the configuration is checked against its model',
    access: 'things.manage',
    status: 201,
    body: z.strictObject({
      name: Name,
      model: z.string().max(48),
      agent: Id,
      site: Id.optional().describe("The agent's site unless given."),
      groups: z.array(Id).default([]),
      configuration,
    }),
    response: ThingDetail,
  }),
  getThing: route({
    method: 'GET',
    path: '/things/{thing}',
    summary: 'One thing with its state',
    access: 'things.view',
    params,
    response: ThingDetail,
  }),
  changeThing: route({
    method: 'PATCH',
    path: '/things/{thing}',
    summary: 'Change a thing',
    access: 'things.manage',
    params,
    body: z.strictObject({
      name: Name.optional(),
      agent: Id.optional(),
      site: Id.optional(),
      groups: z.array(Id).optional(),
      configuration: configuration.optional(),
    }),
    response: ThingDetail,
  }),
  removeThing: route({
    method: 'DELETE',
    path: '/things/{thing}',
    summary: 'Remove a thing; its log stays',
    access: 'things.manage',
    status: 204,
    params,
  }),
  getThingDescription: route({
    method: 'GET',
    path: '/things/{thing}/td',
    summary: 'W3C WoT Thing Description 1.1',
    access: 'things.view',
    params,
    response: z.record(z.string(), z.unknown()),
    produces: 'application/td+json',
  }),
  getProperty: route({
    method: 'GET',
    path: '/things/{thing}/properties/{property}',
    summary: 'One property’s value',
    access: 'things.view',
    params: params.extend({ property: z.string().max(64) }),
    response: JsonValue,
  }),
  getThingState: route({
    method: 'GET',
    path: '/things/{thing}/state',
    summary: 'Its state as of an instant, answered from the log; now unless given',
    access: 'things.view',
    params,
    query: z.object({ at: Time.optional() }),
    response: ThingStateAsOf.extend({ at: Time }),
  }),
  getThingLog: route({
    method: 'GET',
    path: '/things/{thing}/log',
    summary: 'What was observed, newest first',
    access: 'things.view',
    params,
    query: PageQuery.extend({
      from: Time.optional(),
      to: Time.optional(),
      kind: z.enum(['property', 'event', 'presence', 'command', 'agent']).optional(),
    }),
    response: pageOf(LogEntry),
  }),
} as const;
