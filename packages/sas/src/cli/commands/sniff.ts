import { open } from 'node:fs/promises';
import { sleep } from '@vakhta/kernel';
import { Command } from 'commander';
import {
  headerLine,
  MessageTeller,
  messageLine,
  type RecordedMessage,
  recordLines,
  type Speaker,
} from '../../recording/index.ts';
import { type LineAddress, lineAddressForms, openLine } from '../../transports/index.ts';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';
import { durationOption, lineArgument } from '../line-options.ts';

interface Options {
  readonly host?: LineAddress;
  readonly machine?: LineAddress;
  readonly wire?: LineAddress;
  readonly out?: string;
  readonly for?: number;
  readonly json?: boolean;
}

/** `sas sniff`: records lines without a word of its own. */
export function sniffCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('sniff')
    .description(`records what is said on a line, with times and ninth bits; a line is ${lineAddressForms}`)
    .option('--host <line>', 'our receiver on the wire the host sends on', lineArgument)
    .option('--machine <line>', 'our receiver on the wire the machine sends on', lineArgument)
    .option('--wire <line>', 'our receiver on a wire that carries both', lineArgument)
    .option('--out <file>', 'write the recording there')
    .addOption(durationOption('end after so many seconds'))
    .option('--json', 'print the lines of the recording instead of what they mean')
    .action(async (options: Options) => {
      const wanted = (['host', 'machine', 'wire'] as const).flatMap((from) => {
        const address = options[from];
        return address ? [{ from, address }] : [];
      });
      if (wanted.length === 0) throw new WrongUse('say what to listen to: --host, --machine or --wire');
      done(await sniff(parts, options, wanted));
    });
}

async function sniff(
  parts: CliParts,
  options: Options,
  wanted: readonly { from: Speaker; address: LineAddress }[],
): Promise<number> {
  const { clock } = parts;
  const file = options.out === undefined ? undefined : await open(options.out, 'w');
  const teller = new MessageTeller();
  let written: Promise<unknown> = Promise.resolve();
  const write = (text: string) => {
    if (options.json) parts.print(text);
    // Each line goes to the disk at once: what was heard before a crash is kept.
    if (file) written = written.then(() => file.appendFile(`${text}\n`));
  };
  const taps: { from: Speaker; line: Awaited<ReturnType<typeof openLine>>['line'] }[] = [];
  try {
    for (const { from, address } of wanted)
      taps.push({ from, line: (await openLine(address, { clock })).line });
    write(headerLine(new Date(clock.now()).toISOString()));
    const onMessage = (message: RecordedMessage) => {
      write(messageLine(message));
      if (!options.json) parts.print(teller.tell(message));
    };
    const stop = recordLines(taps, clock, onMessage);
    const cause = await Promise.race([
      parts.stopped,
      ...taps.map(async ({ line, from }) => `${from}: ${(await line.closed) ?? 'the line was closed'}`),
      ...(options.for === undefined ? [] : [sleep(clock, options.for * 1000)]),
    ]);
    stop();
    if (cause !== undefined) parts.complain(cause);
    return cause === undefined ? exit.done : exit.failed;
  } finally {
    await Promise.all(taps.map(({ line }) => line.close()));
    await written;
    await file?.close();
  }
}
