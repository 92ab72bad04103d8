import type { Json, ThingId } from '@vakhta/kernel';
import {
  type ActionContext,
  type ActionOutcome,
  type Driver,
  type DriverModule,
  type DriverOptions,
  defineThing,
  type Reporter,
} from '@vakhta/things';

const text = (en: string) => ({ en, ru: en });

/** A made-up kind of thing: a lamp that counts its switchings. */
const lampModel = defineThing({
  id: 'test-lamp',
  version: '1.0.0',
  title: text('Lamp'),
  configuration: {
    type: 'object',
    properties: { socket: { type: 'integer', minimum: 1 } },
    required: ['socket'],
  },
  properties: {
    brightness: { title: text('Brightness'), schema: { type: 'integer', minimum: 0, maximum: 100 } },
    switchings: { title: text('Switchings'), schema: { type: 'integer' }, delivery: 'durable' },
  },
  actions: {
    dim: {
      title: text('Dim'),
      input: {
        type: 'object',
        properties: { to: { type: 'integer', minimum: 0, maximum: 100 } },
        required: ['to'],
      },
    },
    photograph: { title: text('Photograph') },
  },
  events: { switched: { title: text('Switched'), data: { type: 'integer' } } },
});

/** One opened lamp, in the hands of a test. */
export interface OpenLamp {
  readonly options: DriverOptions;
  readonly report: Reporter;
  readonly acts: { action: string; input: Record<string, Json>; context: ActionContext }[];
  crash(error: Error): void;
  isStopped: boolean;
}

/** The kind of driver a test can look into: every lamp it ever opened, oldest first, and how lamps answer. */
export class LampWorkshop {
  readonly lamps: OpenLamp[] = [];
  act: (
    lamp: OpenLamp,
    action: string,
    input: Record<string, Json>,
    context: ActionContext,
  ) => Promise<ActionOutcome> = async () => ({ state: 'succeeded', observed: true });
  /** What opening a lamp throws, if anything. */
  openError: Error | undefined;

  /** The lamp opened last for a thing. */
  lamp(thing: ThingId): OpenLamp {
    return this.lamps.findLast((lamp) => lamp.options.thing === thing)!;
  }

  readonly module: DriverModule = {
    model: lampModel,
    open: (options) => {
      if (this.openError) throw this.openError;
      return this.#open(options);
    },
  };

  #open(options: DriverOptions): Driver {
    const { promise, reject, resolve } = Promise.withResolvers<void>();
    const lamp: OpenLamp = { options, report: options.report, acts: [], crash: reject, isStopped: false };
    this.lamps.push(lamp);
    return {
      run: (signal) => {
        signal.addEventListener('abort', () => {
          lamp.isStopped = true;
          resolve();
        });
        return promise;
      },
      act: (action, input, context) => {
        lamp.acts.push({ action, input, context });
        return this.act(lamp, action, input, context);
      },
    };
  }
}
