import { systemClock, systemRandom } from '@vakhta/kernel';
import { SasStore } from '@vakhta/sas/store';

/** A process to be killed: writes events one after another and says the number of each that is on disk. */
const store = new SasStore(process.argv[2]!, { clock: systemClock, random: systemRandom });
for (let n = store.size.rows + 1; ; n++) {
  store.recordEvent({ machine: 'A-01', at: systemClock.now(), kind: 'exception', code: '51', data: { n } });
  console.log(n);
}
