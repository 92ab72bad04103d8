#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { systemClock } from '@vakhta/kernel';
import packageJson from '../package.json' with { type: 'json' };
import { runCli } from '../src/cli/program.ts';

const { stderr, stdout } = process;

process.exitCode = await runCli(process.argv.slice(2), {
  clock: systemClock,
  version: packageJson.version,
  print: (line) => void stdout.write(`${line}\n`),
  complain: (line) => void stderr.write(`${line}\n`),
  progress: (text) => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${text ?? ''}`);
  },
  readFile: (path) => readFile(path),
  gunzip: (bytes) => gunzipSync(bytes),
});
