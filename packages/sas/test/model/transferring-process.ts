import { open, readFile } from 'node:fs/promises';
import { integerBetween, sleep, systemClock, systemRandom } from '@vakhta/kernel';
import { FileJournal, type Journal, SasHost } from '../../src/host/index.ts';
import { openLine, parseLineAddress } from '../../src/transports/index.ts';

/**
 * A process to be killed: LINE JOURNAL RESULTS. Moves money there and back without end, says each step it has made
 * in its journal, and keeps its results as a program would. With a fourth argument it only ends what is open.
 */
const [lineText, journalPath, resultsPath, onlyEnd] = process.argv.slice(2);
const address = parseLineAddress(lineText!);
if (!address.ok) throw new Error(address.error);
const { line } = await openLine(address.value, { clock: systemClock });
const file = await FileJournal.at(journalPath!);
const journal: Journal = {
  async write(entry) {
    console.log('before', entry.facts.step);
    await file.write(entry);
    console.log('after', entry.facts.step);
  },
  open: () => file.open(),
};
const results = await open(resultsPath!, 'a');
const host = new SasHost({
  line,
  address: 1,
  clock: systemClock,
  random: systemRandom,
  journal,
  pollInterval: 20,
  handlers: {
    async onTransfer(result) {
      await results.writeFile(`${JSON.stringify(result)}\n`);
      await results.datasync();
    },
  },
}).start();
await host.next('up');

if (onlyEnd === undefined)
  for (;;)
    await host.transfer({
      to: integerBetween(systemRandom, 0, 1) === 0 ? 'machine' : 'host',
      amounts: { cashableCents: integerBetween(systemRandom, 1, 900) },
    });
while ((await readFile(journalPath!, 'utf8')) !== '' && (await file.open()).length > 0)
  await sleep(systemClock, 20);
await host.stop();
await line.close();
await file.close();
await results.close();
