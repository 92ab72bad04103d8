// The agent's part of the `vakhta` command, for tests of real processes.
import { Command } from 'commander';
import { register } from '../src/cli.ts';

const program = new Command('vakhta').exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
register(program);
await program.parseAsync();
