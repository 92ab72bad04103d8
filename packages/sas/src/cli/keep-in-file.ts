import type { CommandSet, Commands } from '../commands/index.ts';
import type { SasHost } from '../host/index.ts';
import { jsonOf } from '../store/json-of.ts';
import type { CliParts } from './cli-parts.ts';

/** Keeps what a host tells, and what its commands bring, in a SQLite file. */
export async function keepInFile(
  path: string,
  { clock, random }: Pick<CliParts, 'clock' | 'random'>,
  machine: string,
  host: SasHost,
  commands: Commands<CommandSet>,
): Promise<{ close(): void }> {
  // Here and not above: the other subcommands do without a database.
  const { SasStore, keepFrom } = await import('../store/index.ts');
  const store = new SasStore(path, { clock, random });
  keepFrom(host, { store, machine, clock });
  commands.onAny((done) =>
    store.recordEvent({ machine, at: clock.now(), kind: 'command', title: done.name, data: jsonOf(done) }),
  );
  return store;
}
