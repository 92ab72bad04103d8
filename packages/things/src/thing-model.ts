import * as z from 'zod';
import { DataSchema } from './data-schema.ts';
import { Localized } from './localized.ts';

/** Affordance and model names: what stands in a URL, a signature and a log line. */
export const AffordanceName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,47}$/, 'must be camelCase, at most 48 letters');
export const ModelId = z.string().regex(/^[a-z][a-z0-9-]{0,47}$/, 'must be kebab-case, at most 48 letters');

/** What a driver says of a command that failed: 'tv.no_relay'. */
const ReasonCode = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,63}$/, 'must be lower case, with points and underlines');

/** Icons are names of Tabler icons; an unknown one is drawn as a plain device. */
const Icon = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Something a thing can tell about itself (WoT: PropertyAffordance). */
export const PropertyAffordance = z.strictObject({
  title: Localized,
  description: Localized.optional(),
  schema: DataSchema,
  /** `lossy` values are coalesced to the latest before they are numbered; `durable` ones are kept each. */
  delivery: z.enum(['lossy', 'durable']).default('lossy'),
  /** Where it belongs on the thing's page. */
  section: z.enum(['state', 'health', 'identity']).default('state'),
  /** Milliseconds after the thing was last heard of when the value goes grey. */
  staleAfter: z.int().positive().default(15_000),
  /** The property that holds what was asked for: shown beside this one when the two disagree. */
  asked: AffordanceName.optional(),
  icon: Icon.optional(),
});
export type PropertyAffordance = z.infer<typeof PropertyAffordance>;

/** Something that can be asked of a thing (WoT: ActionAffordance). */
export const ActionAffordance = z.strictObject({
  title: Localized,
  description: Localized.optional(),
  /** Always an object schema; absent when the action takes nothing (its input is `{}`). */
  input: DataSchema.optional(),
  output: DataSchema.optional(),
  /**
   * What the thing must show for the action to count as done: a property, and either the input member it must equal or
   * a fixed value. Absent where nothing can be read back: the command then ends as "sent, effect not observable".
   */
  effect: z
    .strictObject({ property: AffordanceName, input: z.string().optional(), equals: z.unknown().optional() })
    .optional(),
  risk: z.enum(['view', 'operate', 'money']).default('operate'),
  /** It moves something in the world (cuts mains, opens a gate): the panel says what will happen and asks. */
  physical: z.boolean().default(false),
  confirm: z.enum(['none', 'ask']).default('none'),
  /** What the person is told before it is done, where `confirm` is `ask`. */
  consequence: Localized.optional(),
  /** Asking twice is as good as once. */
  idempotent: z.boolean().default(false),
  /** Milliseconds a command may take from its request when the caller sets no deadline. */
  timeout: z.int().positive().default(30_000),
  icon: Icon.optional(),
});
export type ActionAffordance = z.infer<typeof ActionAffordance>;

/** Something that happens to a thing (WoT: EventAffordance). Always durable. */
export const EventAffordance = z.strictObject({
  title: Localized,
  description: Localized.optional(),
  data: DataSchema.optional(),
  severity: z.enum(['info', 'notice', 'warning', 'critical']).default('info'),
});
export type EventAffordance = z.infer<typeof EventAffordance>;

/** A property and the value of it that is meant. */
const PropertyEquals = z.strictObject({ property: AffordanceName, equals: z.unknown() });

/** An alert that every organisation with such things has from the start: it can be tuned or switched off there. */
export const ModelAlert = z.strictObject({
  title: Localized,
  /** What it means and what to do, for whoever is woken by it. */
  help: Localized,
  when: PropertyEquals,
  /** Milliseconds for which it must have been so. */
  for: z.int().nonnegative().default(0),
  severity: z.enum(['notice', 'warning', 'critical']).default('warning'),
});
export type ModelAlert = z.infer<typeof ModelAlert>;

/** One button of a control pad: an action with its input already chosen. */
export const PadButton = z.strictObject({
  action: AffordanceName,
  input: z.record(z.string(), z.unknown()).default({}),
  label: Localized.optional(),
  icon: Icon.optional(),
  /** Columns it spans. */
  span: z.int().min(1).max(6).default(1),
  /** A keyboard key that presses it while the pad has the focus (KeyboardEvent.key). */
  key: z.string().optional(),
});
export type PadButton = z.infer<typeof PadButton>;

/** A group of buttons on a grid, like a remote control's; `null` leaves a cell empty. */
export const Pad = z.strictObject({
  title: Localized,
  columns: z.int().min(1).max(6),
  buttons: z.array(PadButton.nullable()),
});
export type Pad = z.infer<typeof Pad>;

/** How a thing of this kind is best shown. Everything in it is optional: without it the panel lists the affordances. */
export const Layout = z.strictObject({
  /** Properties drawn as lamps with words: the two or three truths seen first. */
  lamps: z.array(AffordanceName).max(4).default([]),
  /** Properties drawn large on a card, in this order. */
  figures: z.array(AffordanceName).max(6).default([]),
  /** The action whose result is a picture, and the property that says what the picture cannot show. */
  picture: z.strictObject({ action: AffordanceName, note: Localized.optional() }).optional(),
  /** Actions offered on a card and for a selection of things, in this order. */
  quick: z.array(PadButton).max(8).default([]),
  pads: z.array(Pad).default([]),
});
export type Layout = z.infer<typeof Layout>;

/**
 * A kind of thing: its properties (state), actions (what can be asked) and events (what happened), after the W3C WoT
 * Thing Model 1.1. It is all that the panel, the API, the alerts and the history know of a device.
 */
export const ThingModel = z
  .strictObject({
    id: ModelId,
    /** Semantic version of the model (WoT: `version.model`). */
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    title: Localized,
    description: Localized.optional(),
    icon: Icon.default('device-unknown'),
    /** What must be known to reach one: the form for adding it. An object schema. */
    configuration: DataSchema,
    properties: z.record(AffordanceName, PropertyAffordance),
    actions: z.record(AffordanceName, ActionAffordance),
    events: z.record(AffordanceName, EventAffordance),
    /** Words for the codes of this kind's own failed commands, read by the person who asked. */
    reasons: z.record(ReasonCode, Localized).default({}),
    alerts: z.record(AffordanceName, ModelAlert).default({}),
    /** When its silence is no fault: a machine whose mains were cut on purpose is not out of contact. */
    silentWhen: PropertyEquals.optional(),
    layout: Layout.default({ lamps: [], figures: [], quick: [], pads: [] }),
  })
  .superRefine((model, context) => {
    for (const problem of danglingReferences(model))
      context.addIssue({ code: 'custom', path: problem.path, message: problem.message });
  });
export type ThingModel = z.infer<typeof ThingModel>;
/** A model as an author writes it, before defaults are filled in. */
export type ThingModelInput = z.input<typeof ThingModel>;

interface References {
  configuration: DataSchema;
  properties: Record<string, PropertyAffordance>;
  actions: Record<string, ActionAffordance>;
  alerts: Record<string, ModelAlert>;
  silentWhen?: { property: string } | undefined;
  layout: Layout;
}

/** A layout or an effect that names what the model does not have would draw an empty widget or never be fulfilled. */
function danglingReferences(model: References): { path: string[]; message: string }[] {
  const problems: { path: string[]; message: string }[] = [];
  const property = (name: string | undefined, path: string[]) => {
    if (name !== undefined && !Object.hasOwn(model.properties, name))
      problems.push({ path, message: `there is no property '${name}'` });
  };
  const action = (name: string, path: string[]) => {
    if (!Object.hasOwn(model.actions, name)) problems.push({ path, message: `there is no action '${name}'` });
  };
  if (model.configuration.type !== 'object')
    problems.push({ path: ['configuration', 'type'], message: "must be 'object'" });
  for (const [name, affordance] of Object.entries(model.properties))
    property(affordance.asked, ['properties', name, 'asked']);
  for (const [name, affordance] of Object.entries(model.actions)) {
    property(affordance.effect?.property, ['actions', name, 'effect', 'property']);
    if (affordance.input && affordance.input.type !== 'object')
      problems.push({ path: ['actions', name, 'input', 'type'], message: "must be 'object'" });
    for (const [field, schema] of Object.entries(affordance.input?.properties ?? {})) {
      property(schema.optionsFrom, ['actions', name, 'input', field, 'optionsFrom']);
      property(schema.maximumFrom, ['actions', name, 'input', field, 'maximumFrom']);
    }
  }
  for (const [name, alert] of Object.entries(model.alerts))
    property(alert.when.property, ['alerts', name, 'when', 'property']);
  property(model.silentWhen?.property, ['silentWhen', 'property']);
  const { lamps, figures, picture, quick, pads } = model.layout;
  for (const name of [...lamps, ...figures]) property(name, ['layout']);
  if (picture) action(picture.action, ['layout', 'picture', 'action']);
  for (const button of [...quick, ...pads.flatMap((pad) => pad.buttons)])
    if (button) action(button.action, ['layout']);
  return problems;
}
