import { type Clock, integerBetween, type Json, type Random, sleep, type ThingId } from '@vakhta/kernel';
import type { ActionOutcome, DriverModule, DriverOptions } from '@vakhta/things';
import { defineThing } from '@vakhta/things';
import type { FaultPlan } from './fault-plan.ts';

/** A kind of machine that counts: each tick is a durable fact, each command carries a token that tells it apart. */
export const counterModel = defineThing({
  id: 'counter',
  version: '1.0.0',
  title: { en: 'Counter', ru: 'Счётчик' },
  configuration: { type: 'object', properties: {} },
  properties: {
    level: { title: { en: 'Level', ru: 'Уровень' }, schema: { type: 'integer' } },
    total: { title: { en: 'Total', ru: 'Итог' }, schema: { type: 'integer' }, delivery: 'durable' },
  },
  actions: {
    strike: {
      title: { en: 'Strike', ru: 'Ударить' },
      input: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] },
      timeout: 5000,
    },
  },
  events: { ticked: { title: { en: 'Ticked', ru: 'Тик' } } },
});

/** The truth about one machine, kept by the machine itself, outside of all that is tested. */
export class Machine {
  readonly thing: ThingId;
  /** Ticks that were offered, in order; and those the agent said it has safely. */
  readonly offered: number[] = [];
  readonly taken = new Set<number>();
  /** How often each command was really carried out, by its token. */
  readonly strikes = new Map<string, number>();
  /** The last level reported. */
  level = 0;

  constructor(thing: ThingId) {
    this.thing = thing;
  }
}

/** Drivers for machines that outlive them. */
export function counterDriver(
  machines: ReadonlyMap<ThingId, Machine>,
  deps: { plan: FaultPlan; random: Random; resting: () => boolean },
): DriverModule {
  const { plan, random, resting } = deps;
  return {
    model: counterModel,
    open({ thing, report, clock }: DriverOptions) {
      const machine = machines.get(thing)!;
      return {
        async run(signal) {
          await report.online(true);
          while (!signal.aborted) {
            await sleep(clock, integerBetween(random, 30, 400), signal).catch(() => {});
            if (signal.aborted || resting()) continue;
            if (plan.strikes('driver crashed', 120)) throw new Error('the driver fell over');
            const tick = machine.offered.length;
            machine.offered.push(tick);
            machine.level = tick;
            void report.property('level', tick);
            await report.event('ticked', { tick });
            machine.taken.add(tick);
            report.confirm();
          }
        },
        act: (_action, input, { signal }) => strike(machine, input, clock, random, signal),
      };
    },
  };
}

async function strike(
  machine: Machine,
  input: Record<string, Json>,
  clock: Clock,
  random: Random,
  signal: AbortSignal,
): Promise<ActionOutcome> {
  const token = String(input.token);
  machine.strikes.set(token, (machine.strikes.get(token) ?? 0) + 1);
  await sleep(clock, integerBetween(random, 5, 400), signal).catch(() => {});
  if (signal.aborted) return { state: 'unknown', message: 'time was up' };
  return { state: 'succeeded', observed: true };
}
