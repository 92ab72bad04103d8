import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type CliParts, exit, WrongUse } from '../cli-parts.ts';

/** `sas vectors`: scores codec and simulator against a file of test vectors. */
export function vectorsCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('vectors')
    .description('scores codec, line and simulator against a file of test vectors')
    .argument('<file>', 'JSON: frames, streams, algorithms, ninth-bit cases, scenarios')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const { scoreVectors } = await import('../../vectors/score-vectors.ts');
      const content = await readFile(file, 'utf8').catch((error: Error) => {
        throw new WrongUse(`cannot read ${file}: ${error.message}`);
      });
      const scores = scoreVectors(parse(content, file));
      const failed = scores.filter(({ failure }) => failure !== undefined);
      if (options.json === true) parts.print(JSON.stringify(failed));
      else for (const { id, part, failure } of failed) parts.print(`${id} ${part}: ${failure}`);
      parts.print(`${scores.length - failed.length} passed, ${failed.length} failed`);
      done(failed.length > 0 || scores.length === 0 ? exit.failed : exit.done);
    });
}

function parse(content: string, file: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new WrongUse(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
