import * as z from 'zod';
import { Id, JsonValue, Time } from '../fields.ts';
import { route } from '../route.ts';

/** What was said at an instant: nothing was said before it where this is null. */
const Said = z.object({ at: Time, value: JsonValue });

export const HistoryPoint = z.object({
  at: Time.describe("Of the observation; where they are gathered, of the bucket's beginning."),
  value: JsonValue.describe('The last value observed; null: it could not be known.'),
  count: z.number().int().describe('Observations gathered here.'),
  min: z
    .number()
    .nullable()
    .describe(
      'Of the figures among them; null where there was none. The mean is of what was observed, not over time.',
    ),
  max: z.number().nullable(),
  mean: z.number().nullable(),
});
export type HistoryPoint = z.infer<typeof HistoryPoint>;

/**
 * What something was over a span. Every observation, or, where those are more than can be drawn, what they come to in
 * buckets; no point where nothing was observed, which means: as before.
 */
export const History = z.object({
  from: Time,
  to: Time,
  bucket: z
    .number()
    .int()
    .nullable()
    .describe('Milliseconds that a point stands for; null: each point is one observation.'),
  before: Said.nullable().describe('The last before the span.'),
  points: z.array(HistoryPoint),
});
export type History = z.infer<typeof History>;

export const ThingStateAsOf = z.object({
  online: z.boolean().nullable().describe('Whether it answered; null: nothing had been said of it.'),
  reason: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .describe('Why it did not, where that was said.'),
  since: Time.nullable().describe('Since when.'),
  properties: z.record(z.string(), z.object({ value: JsonValue, at: Time })),
});
export type ThingStateAsOf = z.infer<typeof ThingStateAsOf>;

const params = z.object({ thing: Id });
const span = z.object({
  from: Time.optional().describe('The day before `to` unless given.'),
  to: Time.optional().describe('Now unless given.'),
});
const drawn = span.extend({
  points: z.coerce
    .number()
    .int()
    .min(50)
    .max(2000)
    .default(600)
    .describe('At most so many points: as many as the chart is wide.'),
});

export const historyRoutes = {
  getStateAsOf: route({
    method: 'GET',
    path: '/state',
    summary: 'What every thing was as of an instant, answered from the log; now unless given',
    access: 'things.view',
    query: z.object({ at: Time.optional() }),
    response: z.object({ at: Time, things: z.record(Id, ThingStateAsOf) }),
  }),
  getPropertyHistory: route({
    method: 'GET',
    path: '/things/{thing}/history/properties/{property}',
    summary: 'What a property was over a span, gathered into buckets where there is more than can be drawn',
    access: 'things.view',
    params: params.extend({ property: z.string().max(64) }),
    query: drawn,
    response: History,
  }),
  getPresenceHistory: route({
    method: 'GET',
    path: '/things/{thing}/history/presence',
    summary: 'Whether a thing answered, over a span: values are true and false',
    access: 'things.view',
    params,
    query: drawn,
    response: History,
  }),
  exportHistory: route({
    method: 'GET',
    path: '/things/{thing}/history.csv',
    summary: 'Every observation of a span, oldest first, as CSV (RFC 4180, UTF-8)',
    access: 'things.view',
    params,
    query: span.extend({
      properties: z
        .string()
        .max(2000)
        .optional()
        .describe('Names of properties, by commas; without it everything that was said of the thing.'),
    }),
    produces: 'text/csv; charset=utf-8',
  }),
} as const;
