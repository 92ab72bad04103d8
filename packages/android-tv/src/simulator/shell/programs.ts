import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { seconds, sleep } from '@vakhta/kernel';
import type { AdbdCommandResult } from '../adbd/index.ts';
import {
  dumpDf,
  dumpMemory,
  dumpNetwork,
  dumpProcesses,
  dumpUptime,
  systemProperties,
} from '../dumps/system-dumps.ts';
import { screencapPng, screencapRaw } from '../screen/screencap.ts';
import { am, cmd, dumpsys, input, media, monkey, pm, settings } from './android-programs.ts';
import { complained, type Program, type ProgramContext, printed } from './program.ts';

async function everything(stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function cat(
  { tv, files, io, piped }: ProgramContext,
  args: readonly string[],
): AdbdCommandResult | Promise<AdbdCommandResult> {
  if (args.length === 0) return piped ? printed(piped) : everything(io.stdin).then((bytes) => printed(bytes));
  const contents: Uint8Array[] = [];
  for (const path of args) {
    const system =
      path === '/proc/uptime' ? dumpUptime(tv) : path === '/proc/meminfo' ? dumpMemory(tv) : undefined;
    const read = system === undefined ? files.read(path) : { ok: true as const, value: Buffer.from(system) };
    if (!read.ok) return complained(`cat: ${path}: No such file or directory\n`);
    contents.push(read.value);
  }
  return printed(Buffer.concat(contents));
}

function getprop({ tv }: ProgramContext, [name]: readonly string[]): AdbdCommandResult {
  const properties = systemProperties(tv);
  if (name !== undefined) return printed(`${properties.get(name) ?? ''}\n`);
  return printed([...properties].map(([key, value]) => `[${key}]: [${value}]\n`).join(''));
}

function screencap({ tv, files }: ProgramContext, args: readonly string[]): AdbdCommandResult {
  const target = args.find((word) => !word.startsWith('-'));
  const png = args.includes('-p') || target?.endsWith('.png') === true;
  const picture = png ? screencapPng(tv) : screencapRaw(tv);
  if (target === undefined) return printed(picture);
  files.write(target, picture, { mode: 0o644, mtime: tv.clock.now() });
  return printed('');
}

function sha256sum({ files }: ProgramContext, args: readonly string[]): AdbdCommandResult {
  const lines = args.map((path) => {
    const read = files.read(path);
    return read.ok ? `${createHash('sha256').update(read.value).digest('hex')}  ${path}\n` : undefined;
  });
  const missing = lines.indexOf(undefined);
  if (missing >= 0) return complained(`sha256sum: ${args[missing]}: No such file or directory\n`);
  return printed(lines.join(''));
}

const fileNames = ({ files }: ProgramContext, args: readonly string[]) => {
  const path = args.find((word) => !word.startsWith('-')) ?? '/';
  if (!files.stat(path)) return complained(`ls: ${path}: No such file or directory\n`);
  return printed(
    files
      .list(path)
      .map(({ name }) => `${name}\n`)
      .join(''),
  );
};

/** The programs of a TV that scripts from outside use. */
export const programs: Readonly<Record<string, Program>> = {
  // For its redirections only: it changes what the shell itself reads, and none of the programs here reads that.
  exec: { run: () => printed('') },
  echo: { run: (_, args) => printed(`${args.join(' ')}\n`) },
  true: { run: () => printed('') },
  ':': { run: () => printed('') },
  false: { run: () => printed('', 1) },
  sleep: {
    run: async ({ tv, io }, [time]) => {
      await sleep(tv.clock, seconds(Number(time ?? 0)), io.signal);
      return printed('');
    },
  },
  cat: { run: cat },
  id: { run: () => printed('uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),3003(inet)\n') },
  getprop: { run: getprop },
  df: { run: ({ tv, files }) => printed(dumpDf(tv, files.used)) },
  ps: { run: ({ tv }) => printed(dumpProcesses(tv)) },
  ip: { run: ({ tv }) => printed(dumpNetwork(tv)) },
  ls: { run: fileNames },
  rm: {
    run: ({ files }, args) => {
      for (const path of args) files.remove(path);
      return printed('');
    },
  },
  gzip: { run: ({ piped }) => printed(gzipSync(piped ?? new Uint8Array(0), { level: 1 })), since: 23 },
  wc: { run: ({ piped }) => printed(`${piped?.length ?? 0}\n`) },
  sha256sum: { run: sha256sum, since: 23 },
  screencap: { run: screencap },
  dumpsys: { run: dumpsys },
  input: { run: input },
  am: { run: am },
  pm: { run: pm },
  monkey: { run: monkey },
  settings: { run: settings },
  svc: { run: () => printed('') },
  media: { run: media, since: 24, until: 29 },
  cmd: { run: cmd, since: 24 },
};
