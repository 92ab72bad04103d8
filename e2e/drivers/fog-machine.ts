import { type Clock, type Json, seconds, sleep } from '@vakhta/kernel';
import { type DriverModule, defineThing, type Reporter } from '@vakhta/things';

/** A kind of thing that nothing else in the house knows: all that the desk learns of it is this model. */
const fogMachine = defineThing({
  id: 'fog-machine',
  version: '1.0.0',
  title: { en: 'Fog machine', ru: 'Генератор тумана' },
  icon: 'no-such-icon-anywhere',
  configuration: {
    type: 'object',
    properties: {
      hall: { type: 'string', title: { en: 'Hall', ru: 'Зал' }, minLength: 1 },
      nozzles: { type: 'integer', title: { en: 'Nozzles', ru: 'Сопла' }, minimum: 1, maximum: 8, default: 2 },
    },
    required: ['hall'],
  },
  properties: {
    density: {
      title: { en: 'Density', ru: 'Плотность' },
      schema: { type: 'integer', minimum: 0, maximum: 100, unit: '%' },
    },
    tank: {
      title: { en: 'Tank', ru: 'Бак' },
      schema: {
        type: 'string',
        choices: [
          { const: 'full', title: { en: 'Full', ru: 'Полон' }, tone: 'good' },
          { const: 'empty', title: { en: 'Empty', ru: 'Пуст' }, tone: 'bad' },
        ],
      },
    },
  },
  actions: {
    setDensity: {
      title: { en: 'Set density', ru: 'Задать плотность' },
      input: {
        type: 'object',
        properties: {
          density: {
            type: 'integer',
            title: { en: 'Density', ru: 'Плотность' },
            minimum: 0,
            maximum: 100,
            unit: '%',
          },
        },
        required: ['density'],
      },
      effect: { property: 'density', input: 'density' },
    },
  },
  events: {
    ranDry: { title: { en: 'The tank ran dry', ru: 'Бак опустел' }, severity: 'warning' },
  },
  layout: { lamps: ['tank'], figures: ['density'], quick: [{ action: 'setDensity' }] },
});

/** A machine of the mind: thick fog empties its tank. */
class FogMachine {
  #density = 20;
  #tank = 'full';

  async set(density: number, report: Reporter): Promise<void> {
    this.#density = density;
    const tank = density > 90 ? 'empty' : 'full';
    if (tank === 'empty' && this.#tank === 'full') await report.event('ranDry', { density });
    this.#tank = tank;
    await this.tell(report);
  }

  async tell(report: Reporter): Promise<void> {
    await report.property('density', this.#density);
    await report.property('tank', this.#tank);
    report.confirm();
  }
}

export const driver: DriverModule = {
  model: fogMachine,
  open({ report, clock }) {
    const machine = new FogMachine();
    return {
      run: (signal) => look(machine, report, clock, signal),
      async act(_action, input: Record<string, Json>) {
        await machine.set(Number(input.density), report);
        return { state: 'succeeded', observed: true };
      },
    };
  },
};

async function look(machine: FogMachine, report: Reporter, clock: Clock, signal: AbortSignal): Promise<void> {
  await report.online(true);
  while (!signal.aborted) {
    await machine.tell(report);
    await sleep(clock, seconds(1), signal).catch(() => {});
  }
}
