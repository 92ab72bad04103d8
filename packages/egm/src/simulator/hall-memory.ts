import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SimulatedMachine } from '@vakhta/sas/simulator';
import * as z from 'zod';

const count = z.int().nonnegative();

/** What a cabinet remembers without power, by its serial. */
const Memories = z.record(z.string(), z.object({ credits: count, meters: z.record(z.string(), count) }));
type Memory = z.infer<typeof Memories>[string];

/**
 * The machines' memory in a file, so that a hall that is started again counts on as real cabinets do. Without it every start
 * is a clear of all memories.
 */
export class HallMemory {
  readonly #file: string;
  readonly #known: z.infer<typeof Memories>;

  /** A file that is not there yet is an empty one. Throws where it holds something else. */
  constructor(file: string) {
    this.#file = file;
    this.#known = Memories.parse(JSON.parse(textOf(file) ?? '{}'));
  }

  of(serial: string): Memory | undefined {
    return this.#known[serial];
  }

  /** The file is replaced as a whole: whoever is killed meanwhile finds the one before. */
  save(machines: readonly SimulatedMachine[]): void {
    const memories = machines.map((machine): [string, Memory] => [
      machine.setup.identity.serialNumber,
      { credits: machine.ledger.credits, meters: Object.fromEntries(machine.meters.entries()) },
    ]);
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(Object.fromEntries(memories)));
    renameSync(next, this.#file);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
