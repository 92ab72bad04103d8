import { UsageError } from '@vakhta/kernel';
import * as z from 'zod';
import { ThingModel, type ThingModelInput } from './thing-model.ts';

/** A checked model that still knows its own affordances' names, so that a misspelt one does not compile. */
export type DefinedThing<Input extends ThingModelInput> = ThingModel & {
  readonly names: {
    readonly property: keyof Input['properties'] & string;
    readonly action: keyof Input['actions'] & string;
    readonly event: keyof Input['events'] & string;
  };
};
export type PropertyName<Thing extends { names: { property: string } }> = Thing['names']['property'];
export type ActionName<Thing extends { names: { action: string } }> = Thing['names']['action'];
export type EventName<Thing extends { names: { event: string } }> = Thing['names']['event'];

/**
 * Declares a kind of thing. Defaults are filled in and references checked; a wrong model throws `UsageError` at start,
 * with every fault named.
 */
export function defineThing<const Input extends ThingModelInput>(input: Input): DefinedThing<Input> {
  const parsed = ThingModel.safeParse(input);
  if (!parsed.success)
    throw new UsageError('things.model_invalid', z.prettifyError(parsed.error), {
      context: { model: input.id },
    });
  return parsed.data as DefinedThing<Input>;
}
