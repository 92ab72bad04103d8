import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { MessageTeller, parseRecording, replayHost, symbolsText } from '../../recording/index.ts';
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
    .action(async (path: string, options: { onto?: LineAddress }) => {
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
        await replayHost(parsed.value, line, parts.clock, (replayed) => {
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
