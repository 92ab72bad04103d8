import { readFile, writeFile } from 'node:fs/promises';
import { type Json, seconds } from '@vakhta/kernel';
import { Command, CommanderError } from 'commander';
import { androidTv } from '../model/android-tv.ts';
import { Fixtures, readOutput, scoreFixtures } from '../readers/index.ts';
import { actionInput } from './action-input.ts';
import { type CliParts, exit, WrongUse } from './cli-parts.ts';
import { simulateCommand } from './simulate.ts';
import { defaultKeyFolder, openTv, parseAddress, type TvSession } from './tv-session.ts';

/** Runs `android-tv …` and gives the exit code. */
export async function runCli(args: readonly string[], parts: CliParts): Promise<number> {
  let code: number = exit.done;
  const program = cliProgram(parts, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
    parts.complain(`android-tv: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof WrongUse ? exit.usage : exit.failed;
  }
}

function cliProgram(parts: CliParts, done: (code: number) => void): Command {
  const { print, complain } = parts;
  const program = new Command('android-tv')
    .description('Reads and controls Android TVs over ADB, and simulates them')
    .version(parts.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => complain(text.trimEnd()),
    });

  const withTv = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--keys <folder>', 'where the ADB key is (adbkey), made if there is none', defaultKeyFolder())
      .option('--timeout <seconds>', 'how long it may take', '30')
      .option('--json', 'print JSON');

  withTv('state <host>', 'everything that HOST[:PORT] tells about itself').action(
    async (host: string, options: TvOptions) =>
      done(await useTv(parts, host, options, (tv) => printState(parts, tv, options))),
  );
  withTv(
    'act <host> <action> [value]',
    `one action at HOST[:PORT]: ${Object.keys(androidTv.actions).join(', ')}`,
  ).action(async (host: string, action: string, value: string | undefined, options: TvOptions) => {
    const input = actionInput(action, value);
    if (!input.ok) throw new WrongUse(input.error);
    done(await useTv(parts, host, options, (tv) => act(parts, tv, action, input.value, options)));
  });
  withTv('screenshot <host> <file>', 'a PNG of the menus and apps HOST[:PORT] shows').action(
    async (host: string, file: string, options: TvOptions) =>
      done(await useTv(parts, host, options, (tv) => takePicture(parts, tv, file, options))),
  );

  program
    .command('parse <command>')
    .description('reads the output of a TV command from standard input, prints what it tells as JSON')
    .action(async (command: string) =>
      print(JSON.stringify(readOutput(command, await parts.stdin()), null, 2)),
    );

  program
    .command('check <file>')
    .description('scores the readers against fixtures: one point per expected field')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { json?: boolean }) =>
      done(await check(parts, file, options.json === true)),
    );

  program.addCommand(simulateCommand(parts));
  return program;
}

interface TvOptions {
  keys: string;
  timeout: string;
  json?: boolean;
}

const limitOf = ({ timeout }: TvOptions) => {
  const limit = seconds(Number(timeout));
  if (!(limit > 0)) throw new WrongUse('--timeout must be a number of seconds');
  return limit;
};

async function useTv(
  parts: CliParts,
  host: string,
  options: TvOptions,
  work: (tv: TvSession) => Promise<number>,
): Promise<number> {
  const address = parseAddress(host);
  if (!address) throw new WrongUse(`'${host}' is not HOST or HOST:PORT`);
  limitOf(options);
  const tv = await openTv(address, {
    keyFolder: options.keys,
    clock: parts.clock,
    random: parts.random,
    onQuestion: () => parts.complain('accept the question on the screen of the TV ("Always allow")'),
  });
  try {
    return await work(tv);
  } finally {
    await tv.close();
  }
}

async function printState(parts: CliParts, tv: TvSession, options: TvOptions): Promise<number> {
  if (!(await tv.read(limitOf(options)))) {
    parts.complain(`android-tv: the TV cannot be read: ${tv.offline() ?? 'no answer in time'}`);
    return exit.failed;
  }
  const state: Record<string, Json> = Object.fromEntries(tv.properties);
  if (options.json === true) parts.print(JSON.stringify(state, null, 2));
  else
    for (const [name, { title, schema }] of Object.entries(androidTv.properties)) {
      const value = state[name] ?? null;
      const word = schema.choices?.find((choice) => choice.const === value)?.title.en;
      const text =
        value === null ? 'unknown' : (word ?? (typeof value === 'string' ? value : JSON.stringify(value)));
      parts.print(`${title.en.padEnd(20)} ${text}`);
    }
  return exit.done;
}

async function act(
  parts: CliParts,
  tv: TvSession,
  action: string,
  input: Record<string, Json>,
  options: TvOptions,
): Promise<number> {
  const { picture, ...outcome } = { picture: undefined, ...(await tv.act(action, input, limitOf(options))) };
  const pictureNote = picture === undefined ? {} : { pictureBytes: picture.bytes.length };
  if (options.json === true) parts.print(JSON.stringify({ ...outcome, ...pictureNote }, null, 2));
  else parts.print(sentence(outcome));
  return outcome.state === 'succeeded' ? exit.done : exit.failed;
}

function sentence(outcome: {
  state: string;
  observed?: boolean;
  message?: string;
  code?: string;
  evidence?: Json;
}): string {
  const word =
    outcome.state !== 'succeeded'
      ? outcome.state
      : outcome.observed === true
        ? 'done, and read back'
        : 'sent, effect not observable';
  const evidence = outcome.evidence === undefined ? '' : ` ${JSON.stringify(outcome.evidence)}`;
  return `${word}${outcome.code === undefined ? '' : ` (${outcome.code})`}${outcome.message === undefined ? '' : `: ${outcome.message}`}${evidence}`;
}

async function takePicture(
  parts: CliParts,
  tv: TvSession,
  file: string,
  options: TvOptions,
): Promise<number> {
  const outcome = await tv.act('screenshot', {}, limitOf(options));
  if (outcome.state !== 'succeeded' || !outcome.picture) {
    parts.complain(`android-tv: ${'message' in outcome ? outcome.message : 'no picture came'}`);
    return exit.failed;
  }
  await writeFile(file, outcome.picture.bytes);
  const summary = { file, bytes: outcome.picture.bytes.length, evidence: outcome.evidence };
  parts.print(
    options.json === true ? JSON.stringify(summary) : `${file}: ${summary.bytes} bytes; ${outcome.message}`,
  );
  return exit.done;
}

async function check(parts: CliParts, file: string, json: boolean): Promise<number> {
  const parsed = Fixtures.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new WrongUse(`${file} is not a list of fixtures`);
  const { right, unknown, wrong, misses } = scoreFixtures(parsed.data);
  const total = right + unknown + wrong;
  if (json) {
    parts.print(JSON.stringify({ right, unknown, wrong, misses }, null, 2));
  } else {
    for (const { fixture, field, verdict, expected, answer } of misses)
      parts.print(
        `${fixture} ${field}: ${verdict}, expected ${JSON.stringify(expected)}, answered ${JSON.stringify(answer)}`,
      );
    parts.print(`right ${right}, unknown ${unknown}, wrong ${wrong}`);
    parts.print(`${right} passed, ${unknown + wrong} failed`);
  }
  return total > 0 && wrong === 0 && right >= 0.95 * total ? exit.done : exit.failed;
}
