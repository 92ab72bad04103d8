// A driver that reports one event after the other, as fast as they are taken, and notes in a file of its own which ones it
// was promised: the truth that a test holds the log against.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '@vakhta/kernel';
import { type DriverModule, defineThing } from '@vakhta/things';

const text = (en: string) => ({ en, ru: en });

export const driver: DriverModule = {
  model: defineThing({
    id: 'ticking',
    version: '1.0.0',
    title: text('Ticking'),
    configuration: { type: 'object' },
    properties: {},
    actions: {},
    events: { tick: { title: text('Tick'), data: { type: 'string' } } },
  }),
  open: ({ report, clock, directory }) => ({
    async run(signal) {
      for (let n = 1; !signal.aborted; n++) {
        await report.event('tick', `${process.pid} ${n}`);
        appendFileSync(join(directory, 'promised'), `${process.pid} ${n}\n`);
        if (n % 20 === 0) await sleep(clock, 1);
      }
    },
    act: async () => ({ state: 'failed', code: 'no_actions', message: 'it only ticks' }),
  }),
};
