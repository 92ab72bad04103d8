import { Command } from 'commander';
import { didYouMean } from '../../commands/command-problems.ts';
import { fieldProblems } from '../../commands/command-rules.ts';
import { BadCommandSet, readCommandSet, type Command as SetCommand } from '../../commands/index.ts';
import { describe, type EventAnswer } from '../../frames/index.ts';
import { type PollOutcome, pollOnce } from '../../host/index.ts';
import { askAgain } from '../../host/polls/ask-again.ts';
import { type MessageName, messageByCode, messageNames, messages } from '../../messages/index.ts';
import { type LineAddress, lineAddressForms, lineWarning, openLine } from '../../transports/index.ts';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';
import { fieldArguments } from '../field-arguments.ts';
import { addressOption, latencyOption, lineArgument } from '../line-options.ts';
import { pollFailureWords } from '../poll-words.ts';

interface Options {
  readonly address: number;
  readonly commands?: string;
  readonly acts?: boolean;
  readonly latency?: number;
  readonly json?: boolean;
}

/** What is to be sent, and how often at most. */
interface Wanted {
  readonly poll: MessageName;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly retries: number;
  readonly retryAfter: number;
}

/** `sas poll`: sends one long poll and prints its answer. */
export function pollCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('poll')
    .description(
      'sends one long poll and prints the answer; takes no exception from the machine. Not for a line that a host polls',
    )
    .argument('<line>', lineAddressForms, lineArgument)
    .argument('<poll>', 'a poll, by its name or its two hex digits; with --commands, a command of the file')
    .argument('[fields...]', 'fields of the poll: game=1 meterCodes=0000,0001')
    .addOption(addressOption('the machine’s address').default(1))
    .option('--commands <file>', 'a set of commands, JSON')
    .option(
      '--acts',
      'send it although it does something each time it is heard: moves money, resets a handpay',
    )
    .addOption(latencyOption())
    .option('--json', 'print JSON')
    .action(async (line: LineAddress, name: string, given: string[], options: Options) => {
      const wanted = await wantedPoll(name, given, options);
      const wrong = fieldProblems(wanted.poll, wanted.fields);
      if (wrong.length > 0)
        throw new WrongUse(wrong.map(({ field, rule }) => `${field}: ${rule}`).join('\n'));
      if (messages[wanted.poll].acts && !options.acts)
        throw new WrongUse(`${wanted.poll} does something each time it is heard: say --acts if it shall`);
      const outcome = await send(parts, line, wanted, options);
      print(parts, wanted.poll, outcome, options);
      done(outcome.ok ? exit.done : exit.failed);
    });
}

async function wantedPoll(name: string, given: readonly string[], options: Options): Promise<Wanted> {
  if (options.commands === undefined) {
    const poll = messageByCode(name.toUpperCase())?.name ?? messageNames.find((known) => known === name);
    if (poll === undefined) throw new WrongUse(`there is no poll '${name}'${didYouMean(name, messageNames)}`);
    return { poll, fields: fieldArguments(poll, given), retries: 0, retryAfter: 0 };
  }
  const set = await readCommandSet(options.commands).catch((error: unknown) => {
    throw error instanceof BadCommandSet ? new WrongUse(error.message) : error;
  });
  const command: SetCommand | undefined = Object.hasOwn(set, name) ? set[name] : undefined;
  if (!command)
    throw new WrongUse(`${options.commands} has no command '${name}'${didYouMean(name, Object.keys(set))}`);
  const { poll, fields, retries = 0, retryAfter = 1000 } = command;
  return { poll, fields: { ...fields, ...fieldArguments(poll, given) }, retries, retryAfter };
}

async function send(
  parts: CliParts,
  address: LineAddress,
  { poll, fields, retries, retryAfter }: Wanted,
  options: Options,
): Promise<PollOutcome> {
  const { clock } = parts;
  const opened = await openLine(address, { clock, latency: options.latency });
  const warning = lineWarning(opened, options.address);
  if (warning !== undefined) parts.complain(warning);
  const onEvent = (event: EventAnswer) => parts.complain(describe(event));
  const { line } = opened;
  const stop = new AbortController();
  void parts.stopped.then(() => stop.abort());
  try {
    return await askAgain<Readonly<Record<string, unknown>>>(
      // The fields are checked against the declaration when they are encoded.
      () => pollOnce({ line, clock, address: options.address, onEvent }, poll, fields as never),
      { retries, pause: retryAfter, acts: messages[poll].acts, clock, stopped: stop.signal },
    );
  } finally {
    await line.close();
  }
}

function print(parts: CliParts, poll: MessageName, outcome: PollOutcome, { json, address }: Options): void {
  if (json) parts.print(JSON.stringify({ poll, address, ...outcome }));
  else if (!outcome.ok)
    parts.complain(`${poll}: ${pollFailureWords[outcome.error.code]} (sent ${outcome.error.sent} times)`);
  else if (outcome.kind === 'ack') parts.print(`${poll}: accepted by ${address}`);
  else {
    const command = messages[poll].code;
    parts.print(describe({ message: 'data', address, command, crcOk: true, ...outcome.fields }));
  }
}
