import { exitWith } from '@vakhta/server/exit-with';
import type { Command } from 'commander';
import type { DemoOptions } from './run-demo.ts';

/** Adds `demo` to the command line. */
export function register(program: Command): void {
  program
    .command('demo')
    .description(
      'the whole desk on this machine: database, server, an agent and fifty simulated TVs; until stopped',
    )
    .option('--hall', 'a hall of forty simulated slot machines as well')
    .option('--json', 'print the ready line as JSON')
    .option('--dev', 'start the server anew when its sources change, and serve the panel by Vite')
    .addHelpText('after', '\nTakes the settings of `vakhta serve`; see there. Keeps its data in VAKHTA_DATA.')
    .action(async (options: DemoOptions) => {
      await exitWith(async () => (await import('./run-demo.ts')).runDemo(options));
      // A start that was broken off may have begun a child meanwhile: it ends with us.
      process.exit();
    });
}
