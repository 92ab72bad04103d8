import { Command, CommanderError } from 'commander';
import { type CliParts, exit, WrongUse } from './cli-parts.ts';
import { commands } from './commands/index.ts';

/** Runs `sas …` and gives the exit code. */
export async function runCli(args: readonly string[], parts: CliParts): Promise<number> {
  let code: number = exit.done;
  const output = {
    writeOut: (text: string) => parts.print(text.trimEnd()),
    writeErr: (text: string) => parts.complain(text.trimEnd()),
  };
  const program = new Command('sas')
    .description('Speaks SAS with slot machines, decodes it and simulates machines')
    .version(parts.version)
    .exitOverride()
    .configureOutput(output);
  for (const make of commands) {
    const command = make(parts, (result) => {
      code = result;
    });
    program.addCommand(command.exitOverride().configureOutput(output));
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
    parts.complain(`sas: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof WrongUse ? exit.usage : exit.failed;
  }
}
