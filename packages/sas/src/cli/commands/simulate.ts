import { integerBetween, seededRandom, sleep } from '@vakhta/kernel';
import { Command, Option } from 'commander';
import { isQuirkProfile, Player, quirkProfiles, SimulatedMachine } from '../../simulator/index.ts';
import { exceptions } from '../../tables/exceptions.ts';
import { listenTcpLine, openPtyLine } from '../../transports/index.ts';
import { type CliParts, exit } from '../cli-parts.ts';
import { addressOption, durationOption, wholeOption } from '../line-options.ts';

interface Options {
  readonly count: number;
  readonly address: number;
  readonly port: number;
  readonly listen: string;
  readonly pty?: 'gap' | 'bridge';
  readonly profile: string;
  readonly seed?: number;
  readonly pace: number;
  readonly play: boolean;
  readonly for?: number;
  readonly log?: boolean;
  readonly json?: boolean;
}

/** `sas simulate`: slot machines with somebody playing, until they are stopped. */
export function simulateCommand(parts: CliParts, done: (code: number) => void): Command {
  return new Command('simulate')
    .description(
      'simulates slot machines that are played, over TCP or on pseudo-terminals, until it is stopped',
    )
    .addOption(
      wholeOption('--count <n>', 'how many machines, each with a line of its own', 1, 127).default(1),
    )
    .addOption(addressOption('the SAS address of each').default(1))
    .option('--listen <host>', 'where to listen', '127.0.0.1')
    .addOption(
      wholeOption('--port <port>', 'the first machine’s TCP port; 0: any free ones', 0, 65_000).default(0),
    )
    .addOption(
      new Option(
        '--pty <coding>',
        'pseudo-terminals instead; gap guesses the ninth bit by silence, bridge carries it (open bridge:PATH)',
      ).choices(['gap', 'bridge']),
    )
    .addOption(
      new Option('--profile <name>', 'habits of the machine')
        .choices(Object.keys(quirkProfiles))
        .default('plain'),
    )
    .addOption(wholeOption('--seed <n>', 'of the players: the same seed, the same evening', 0, 0xffff_ffff))
    .addOption(
      wholeOption('--pace <ms>', 'from one thing a player does to the next', 10, 600_000).default(4000),
    )
    .option('--no-play', 'nobody plays')
    .addOption(durationOption('end after so many seconds'))
    .option('--log', 'tell what the machines raise')
    .option('--json', 'print the ready line, and what is raised, as JSON')
    .action(async (options: Options) => {
      const seed = options.seed ?? integerBetween(parts.random, 0, 0xffff_ffff);
      const machines = await Promise.all(
        Array.from({ length: options.count }, (_, index) => startMachine(parts, options, seed, index)),
      );
      const lines = machines.map(({ line }) => line);
      if (options.json)
        parts.print(JSON.stringify({ ready: true, pid: parts.pid, seed, address: options.address, lines }));
      else {
        for (const line of lines) parts.print(line);
        parts.print(`ready: ${lines.length} at address ${options.address}, seed ${seed}`);
      }
      await Promise.race([
        parts.stopped,
        ...(options.for === undefined ? [] : [sleep(parts.clock, options.for * 1000)]),
      ]);
      await Promise.all(machines.map(({ stop }) => stop()));
      done(exit.done);
    });
}

/** What a machine thinks before it answers, as real ones do; a line gives no less than its own time. */
const answerDelayMs = 2;

async function startMachine(
  parts: CliParts,
  { address, profile, pace, play, port, listen, pty, log, json }: Options,
  seed: number,
  index: number,
): Promise<{ line: string; stop: () => Promise<void> }> {
  const { clock } = parts;
  const random = seededRandom(seed + index);
  const machine = new SimulatedMachine(
    {
      address,
      synced: false,
      quirks: isQuirkProfile(profile) ? quirkProfiles[profile] : {},
      identity: { serialNumber: `SIM${String(index + 1).padStart(4, '0')}` },
      assetNumber: index + 1,
      options: { answerDelayMs, escrowMs: 10_000 },
    },
    { clock, random },
  );
  const player = new Player(machine, { clock, random, pace });
  if (play) player.start();
  if (log)
    machine.onRaised = (code) =>
      parts.print(
        json
          ? JSON.stringify({ at: new Date(clock.now()).toISOString(), machine: index + 1, raised: code })
          : `${index + 1}: ${code} ${exceptions.get(code)?.title ?? ''}`.trimEnd(),
      );
  const end = () => {
    player.stop();
    machine.powerOff();
  };
  if (pty) {
    const { path, line } = await openPtyLine(pty, clock);
    machine.port.connect(line);
    const stop = () => {
      end();
      return line.close();
    };
    return { line: pty === 'bridge' ? `bridge:${path}` : path, stop };
  }
  const place = { host: listen, port: port === 0 ? 0 : port + index };
  const server = await listenTcpLine(place, clock, (line) => machine.port.connect(line));
  const stop = () => {
    end();
    return server.close();
  };
  return { line: `tcp://${listen}:${server.port}`, stop };
}
