import type { Json } from '@vakhta/kernel';
import * as z from 'zod';
import type { Logged } from '../../../core/ingest/logged.ts';
import { type FactInput, Told, toldKinds } from '../facts/fact.ts';
import { driverEvents, type Place } from './driver-events.ts';

export const isTold = (event: string): boolean => toldKinds.has(event) || event in driverEvents;

/**
 * What a machine told, as the journal takes it: in the journal's own form, or as the slot machine's driver words it.
 * What is of neither form is kept as such for people to see. Undefined for what says nothing of its own.
 */
export function factOf(event: { name: string; data: Json }, place: Place): FactInput | undefined {
  const { machine } = place;
  const own = Told.safeParse({ ...asObject(event.data), kind: event.name, machine });
  if (own.success) return own.data;
  const translate = driverEvents[event.name];
  if (!translate) return notUnderstood(machine, event.name, own.error);
  const translated = translate(event.data, place);
  return translated instanceof z.ZodError ? notUnderstood(machine, event.name, translated) : translated;
}

/** What an agent says of itself, as far as it concerns a hall. */
export function factOfAgent({
  agent,
  name,
  data,
}: Pick<Logged, 'agent' | 'name' | 'data'>): FactInput | undefined {
  if (name === 'started') return { kind: 'agent.restart', agent };
  if (name !== 'order_refused') return undefined;
  const refusal = RefusedOrder.safeParse(data);
  if (!refusal.success) return undefined;
  const { code, command } = refusal.data;
  // Nothing is known of an order whose signature was bad, its id neither.
  return { kind: 'order.judged', agent, order: command ?? 'unknown', result: 'refused', code };
}

const RefusedOrder = z.object({ code: z.string().min(1), command: z.string().min(1).nullish() });

const notUnderstood = (machine: string, event: string, error: z.ZodError): FactInput => ({
  kind: 'notUnderstood',
  machine,
  event,
  problem: z.prettifyError(error),
});

const asObject = (data: Json): object =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
