import { AppError, type Duration, seconds, sleep } from '@vakhta/kernel';
import { Command } from 'commander';
import { BadCommandSet, type CommandSet, Commands, readCommandSet } from '../../commands/index.ts';
import { SasHost } from '../../host/index.ts';
import type { LastingLine } from '../../line/index.ts';
import { type LineAddress, lineAddressForms, lineWarning, openLastingLine } from '../../transports/index.ts';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';
import { keepInFile } from '../keep-in-file.ts';
import { addressOption, durationOption, latencyOption, lineArgument, metersOption } from '../line-options.ts';
import { ListenOutput } from '../listen-output.ts';

interface Options {
  readonly address: number;
  readonly commands?: string;
  readonly meters?: readonly string[];
  readonly every: number;
  readonly store?: string;
  readonly name?: string;
  readonly realTime?: boolean;
  readonly latency?: Duration;
  readonly for?: number;
  readonly json?: boolean;
}

/** `sas listen`: a host for one machine, which prints what it is told until it is stopped. */
export function listenCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('listen')
    .description(
      'polls a machine and prints what it tells, until it is stopped; a line that is lost is opened again. Tickets in are given back, tickets that need a number of ours are refused',
    )
    .argument('<line>', lineAddressForms, lineArgument)
    .addOption(addressOption('the machine’s address').default(1))
    .option('--commands <file>', 'a set of commands, JSON: those with a period or a trigger run')
    .addOption(metersOption())
    .addOption(durationOption('read the meters every so many seconds', '--every').default(60))
    .option('--store <file>', 'keep readings and events in this SQLite file')
    .option('--name <name>', 'what the machine is called in the file; default: sas-<address>')
    .option('--real-time', 'have the machine tell events with their data (real-time event reporting)')
    .addOption(latencyOption())
    .addOption(durationOption('end after so many seconds'))
    .option('--json', 'print JSON, one line an event')
    .action(async (address: LineAddress, options: Options) => {
      const set = await setOf(options.commands);
      const { clock, random } = parts;
      const output = new ListenOutput({ ...parts, json: options.json ?? false, address: options.address });
      const line = await openedLine(parts, address, options, output);
      const { meters, every, realTime = false } = options;
      const host = new SasHost({
        line,
        address: options.address,
        clock,
        random,
        realTimeEvents: realTime,
        ...(meters ? { meters: { codes: meters, every: seconds(every) } } : {}),
      });
      output.hear(host);
      const commands = new Commands({ host, clock, set });
      commands.onAny((end) => output.command(end, options.address));
      const machine = options.name ?? `sas-${options.address}`;
      const kept =
        options.store === undefined
          ? undefined
          : await keepInFile(options.store, parts, machine, host, commands);
      commands.start();
      host.start();
      const time = options.for === undefined ? [] : [sleep(clock, options.for * 1000)];
      const cause = await Promise.race([parts.stopped, line.closed, ...time]);
      commands.stop();
      await host.stop();
      await line.close();
      kept?.close();
      if (cause !== undefined) parts.complain(cause);
      done(cause === undefined ? exit.done : exit.failed);
    });
}

async function setOf(file: string | undefined): Promise<CommandSet> {
  if (file === undefined) return {};
  return readCommandSet(file).catch((error: unknown) => {
    throw error instanceof BadCommandSet ? new WrongUse(error.message) : error;
  });
}

/** The line, open; rejects when it cannot be opened now. From then on it is opened again whenever it is lost. */
async function openedLine(
  { clock, random, complain }: CliParts,
  address: LineAddress,
  options: Options,
  output: ListenOutput,
): Promise<LastingLine> {
  let opened = () => {};
  let refused = (_: unknown) => {};
  const isOpened = new Promise<void>((resolve, reject) => {
    opened = resolve;
    refused = reject;
  });
  const line = openLastingLine(address, {
    clock,
    random,
    latency: options.latency,
    onOpened: (open) => {
      const warning = lineWarning(open, options.address);
      if (warning !== undefined) complain(warning);
      output.line('opened', `the ninth bit is ${open.ninthBit}`);
      opened();
    },
    onLost: (cause) => output.line('lost', cause ?? 'no cause is known'),
    onRefused: (error, pause) => {
      const words = error instanceof Error ? error.message : String(error);
      output.line('refused', `${words}; again in ${(pause / 1000).toFixed(1)} s`);
      refused(error);
    },
  });
  void line.closed.then((cause) => refused(new AppError('sas.line.closed', cause ?? 'the line was closed')));
  await isOpened.catch(async (error: unknown) => {
    await line.close();
    throw error;
  });
  return line;
}
