import { AppError, type Duration } from '@vakhta/kernel';
import { Command } from 'commander';
import {
  type Cause,
  countOf,
  diagnose,
  type Examination,
  examine,
  medianDelay,
  openCause,
} from '../../doctor/index.ts';
import { lineAddressForms, type OpenLine, openLine } from '../../transports/index.ts';
import { type CliParts, exit } from '../cli-parts.ts';
import { addressOption, latencyOption, lineArgument, roundsOption } from '../line-options.ts';

interface Options {
  readonly address?: number;
  readonly latency?: Duration;
  readonly rounds: number;
  readonly json?: boolean;
}

/** `sas doctor`: examines a line, and says in words what is likely wrong with it. */
export function doctorCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('doctor')
    .description('examines a line and its machine, reading only, and names the likely cause of trouble')
    .argument('<line>', lineAddressForms, lineArgument)
    .addOption(addressOption('the machine’s address; without it the first that chirps or answers'))
    .addOption(latencyOption())
    .addOption(roundsOption())
    .option('--json', 'print JSON')
    .action(async (address: ReturnType<typeof lineArgument>, options: Options) => {
      const opened = await openLine(address, { clock: parts.clock, latency: options.latency }).catch(
        (error: unknown) => (error instanceof AppError ? error : Promise.reject(error)),
      );
      if (opened instanceof AppError) {
        const cause = openCause(opened.code, opened.message);
        if (!cause) throw opened;
        print(parts, options, [], [cause], undefined);
        return done(exit.failed);
      }
      const found = await examine(opened, {
        clock: parts.clock,
        address: options.address,
        rounds: options.rounds,
        onStep: (step) => options.json || parts.complain(`${step} …`),
      }).finally(() => opened.line.close());
      const causes = diagnose(found);
      print(parts, options, report(opened, found), causes, found);
      done(causes.some(({ weight }) => weight === 'trouble') ? exit.failed : exit.done);
    });
}

function print(
  parts: CliParts,
  { json }: Options,
  lines: readonly [string, string][],
  causes: readonly Cause[],
  found: Examination | undefined,
): void {
  if (json) {
    parts.print(JSON.stringify({ cause: causes[0]?.id, causes, ...found }));
    return;
  }
  for (const [name, value] of lines) parts.print(`${name.padEnd(14)}${value}`);
  for (const { weight, says } of causes) parts.print(`${weight.padEnd(14)}${says}`);
}

const milliseconds = (time: Duration | undefined) =>
  time === undefined ? 'not known' : `${time.toFixed(1)} ms`;

function report(open: OpenLine, found: Examination): [string, string][] {
  const { generalPolls, longPolls } = found;
  const timer = open.adapter?.latencyTimer;
  const answered = longPolls.length - countOf(longPolls, 'none');
  const of = (polls: typeof longPolls) =>
    `${countOf(polls, 'good')} of ${polls.length} answered, half of them within ${milliseconds(medianDelay(polls))}`;
  const port: [string, string][] = open.adapter
    ? [
        [
          'adapter',
          `${open.adapter.driver ?? 'unknown'}${timer === undefined ? '' : `, latency timer ${timer} ms`}`,
        ],
        ['priority', open.realTime ? 'real time' : 'ordinary'],
        ['worst gap', milliseconds(open.statistics?.worstGap)],
      ]
    : [['adapter', 'none, TCP']];
  return [
    ...port,
    ['ninth bit', open.ninthBit],
    ['latency', `${milliseconds(open.line.latency)} allowed for`],
    [
      'chirps',
      found.chirpsBefore.length === 0 ? 'none' : `from ${[...new Set(found.chirpsBefore)].join(', ')}`,
    ],
    ['machine', found.address === undefined ? 'not found' : `address ${found.address}`],
    ['general polls', of(generalPolls)],
    ['long polls', of(longPolls)],
    ['bad CRC', `${countOf(longPolls, 'damaged')} of ${answered} answers`],
  ];
}
