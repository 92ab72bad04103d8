import { register as registerAgent } from '@vakhta/agent/cli';
import { register as registerServer } from '@vakhta/server/cli';
import { VERSION } from '@vakhta/server/version';
import { Command } from 'commander';
import { register as registerDemo } from './demo/register.ts';

/** Everything that can be done from a command line, each part registered by the app it belongs to. */
export const program = new Command('vakhta')
  .description('a watch desk for places full of machines and people')
  .version(VERSION)
  // commander's own exit code for wrong use is 1, which means "failed" with us.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
registerDemo(program);
registerServer(program);
registerAgent(program);
