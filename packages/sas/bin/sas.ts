#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { systemClock, systemRandom } from '@vakhta/kernel';
import packageJson from '../package.json' with { type: 'json' };
import { runCli } from '../src/cli/program.ts';

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
});

process.exitCode = await runCli(process.argv.slice(2), {
  clock: systemClock,
  random: systemRandom,
  version: packageJson.version,
  pid: process.pid,
  stdin: () => text(process.stdin),
  print: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  stopped,
});
