// Writes numbered events into the outbox given as argument, one transaction each, and prints each number once it is on
// disk, until it is killed.
import { writeSync } from 'node:fs';
import { systemClock, systemRandom, type ThingId } from '@vakhta/kernel';
import { encodeObservation } from '../src/outbox/encoded-observation.ts';
import { OutboxFile } from '../src/outbox/outbox-file.ts';

const thing = '01890000-0000-7000-8000-000000000001' as ThingId;
const file = new OutboxFile(process.argv[2]!, { clock: systemClock, random: systemRandom });
for (;;) {
  const data = file.last + 1;
  file.transact('append', () =>
    file.insert([encodeObservation({ kind: 'event', thing, name: 'counted', data, at: 1 })]),
  );
  writeSync(1, `${data}\n`);
}
