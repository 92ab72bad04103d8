import { Command, CommanderError } from 'commander';
import { analysisCommands } from './analysis-commands.ts';
import { checkCommand } from './check-command.ts';
import { type CliParts, exit, WrongUse } from './cli-parts.ts';

/** Runs `blackjack …` and gives the exit code. */
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
    parts.progress(undefined);
    parts.complain(`blackjack: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof WrongUse ? exit.usage : exit.failed;
  }
}

function cliProgram(parts: CliParts, done: (code: number) => void): Command {
  const program = new Command('blackjack')
    .description('Exact blackjack analysis')
    .version(parts.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => parts.print(text.trimEnd()),
      writeErr: (text) => parts.complain(text.trimEnd()),
    });
  const add = (command: Command) => program.addCommand(command.copyInheritedSettings(program));
  for (const command of analysisCommands(parts)) add(command);
  add(checkCommand(parts, done));
  return program;
}
