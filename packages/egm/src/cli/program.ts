import type { Clock } from '@vakhta/kernel';
import { Command, InvalidArgumentError } from 'commander';
import { startHall } from '../simulator/index.ts';

export interface CliParts {
  readonly clock: Clock;
  readonly version: string;
  print(line: string): void;
  /** Resolves when the process is asked to stop. */
  readonly stopped: Promise<void>;
}

interface SimulateOptions {
  readonly count: number;
  readonly portBase: number;
  readonly listen: string;
  readonly seed: number;
  readonly pace: number;
  readonly memory?: string;
  readonly json?: boolean;
}

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}`);
  return value;
};

/** `egm`: a hall to try things in. */
export function program(parts: CliParts): Command {
  const command = new Command('egm').description('slot machines for Vakhta').version(parts.version);
  command
    .command('simulate')
    .description('a hall of slot machines that people come to and play, over TCP, until it is stopped')
    .option('--count <n>', 'how many machines', whole(1, 500), 40)
    .option('--port-base <port>', 'TCP port of the first; 0: any free ones', whole(0, 65_000), 0)
    .option('--listen <host>', 'where to listen', '127.0.0.1')
    .option('--seed <n>', 'the same seed, the same night', whole(0, 0xffff_ffff), 1)
    .option('--pace <ms>', 'from one thing a visitor does to the next', whole(10, 600_000), 4000)
    .option('--memory <file>', 'keep what the machines count in this file, and count on from it')
    .option('--json', 'print the ready line as JSON')
    .action(async ({ count, portBase, listen, seed, pace, memory, json }: SimulateOptions) => {
      const hall = await startHall({
        count,
        portBase,
        host: listen,
        seed,
        pace,
        clock: parts.clock,
        ...(memory && { memory }),
      });
      const machines = hall.machines.map(({ serial, line }) => ({ serial, line }));
      if (json) parts.print(JSON.stringify({ ready: true, machines }));
      else {
        for (const { serial, line } of machines) parts.print(`${serial} ${line}`);
        parts.print(`ready: ${machines.length} machines`);
      }
      await parts.stopped;
      await hall.stop();
    });
  return command;
}
