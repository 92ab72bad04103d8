import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { messageByByte } from '../../messages/registry.ts';
import {
  MessageTeller,
  parseRecording,
  type Recording,
  replayHost,
  spokenByHost,
  symbolsText,
} from '../../recording/index.ts';
import { type LineAddress, lineAddressForms, openLine } from '../../transports/index.ts';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';
import { lineArgument } from '../line-options.ts';

/** `sas replay`: tells what a recording says, or says the host's side of it again. */
export function replayCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('replay')
    .description('tells what a recorded line says, or says the host’s side of it again to a machine')
    .argument('<file>', 'a recording made by sas sniff')
    .option(
      '--onto <line>',
      `say it there, at the recorded times, and compare the answers: ${lineAddressForms}`,
      lineArgument,
    )
    .option('--everything', 'say commands too, not only general polls and polls that read')
    .action(async (path: string, options: { onto?: LineAddress; everything?: boolean }) => {
      const parsed = parseRecording(await readFile(path, 'utf8'));
      if (!parsed.ok) throw new WrongUse(`${path}: ${parsed.error}`);
      const teller = new MessageTeller();
      if (!options.onto) {
        for (const message of parsed.value.messages) parts.print(teller.tell(message));
        return done(exit.done);
      }
      const { line } = await openLine(options.onto, { clock: parts.clock });
      let same = 0;
      let different = 0;
      try {
        const recording = options.everything ? parsed.value : withoutCommands(parsed.value);
        await replayHost(recording, line, parts.clock, (replayed) => {
          if (replayed.same) same++;
          else different++;
          const now = replayed.same ? 'as recorded' : `now ${symbolsText(replayed.heard) || 'silence'}`;
          parts.print(`${teller.tell(replayed.said)}: ${now}`);
        });
      } finally {
        await line.close();
      }
      parts.print(`${same} answered as recorded, ${different} otherwise`);
      done(different === 0 ? exit.done : exit.failed);
    });
}

/** A recorded command would be carried out again, a transfer of money included. */
const withoutCommands = ({ startedAt, messages }: Recording): Recording => ({
  startedAt,
  messages: messages.filter(
    (message) =>
      !spokenByHost(message) ||
      message.symbols.length === 1 ||
      messageByByte(message.symbols[1]! & 0xff)?.type === 'R',
  ),
});
