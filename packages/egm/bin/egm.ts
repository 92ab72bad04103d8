#!/usr/bin/env node
import { systemClock } from '@vakhta/kernel';
import { CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { program } from '../src/cli/program.ts';

const stopped = new Promise<void>((resolve) => {
  process.on('SIGINT', () => resolve());
  process.on('SIGTERM', () => resolve());
});
const command = program({
  clock: systemClock,
  version: manifest.version,
  print: (line) => console.log(line),
  stopped,
});
for (const each of [command, ...command.commands]) each.exitOverride();
try {
  await command.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
