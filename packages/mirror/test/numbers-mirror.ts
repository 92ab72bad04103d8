import { systemClock, systemRandom } from '@vakhta/kernel';
import { Mirror, targetOf } from '@vakhta/mirror';
import { numbersSource } from './numbers-source.ts';

/** A process to be killed: `node numbers-mirror.ts URL COUNT`; says `level` when it is. */
const [url, count] = process.argv.slice(2);
const deps = {
  source: numbersSource(Number(count)),
  target: targetOf(url!),
  clock: systemClock,
  random: systemRandom,
};
const mirror = new Mirror(deps, {
  batch: { rows: 20, bytes: 1_000_000 },
  onState: ({ state }) => {
    console.log(state);
    if (state === 'level') void mirror.stop();
  },
});
mirror.start();
