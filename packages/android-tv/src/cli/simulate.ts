import { milliseconds, seconds, sleep } from '@vakhta/kernel';
import { Command } from 'commander';
import type { FleetOptions } from '../simulator/index.ts';
import { type CliParts, WrongUse } from './cli-parts.ts';

interface SimulateOptions {
  count: string;
  portBase: string;
  controlPort: string;
  journal?: string;
  profile?: string[];
  name?: string[];
  inputDelay: string;
  bootDelay: string;
  authorise: string;
  for?: string;
  json?: boolean;
}

const policies = ['allow', 'ask', 'reject'] as const;

/** `android-tv simulate`: a fleet of TVs that real adb and our driver take for real ones. */
export function simulateCommand(parts: CliParts): Command {
  const whole = (name: string, text: string, most: number): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value > most)
      throw new WrongUse(`--${name} must be a whole number up to ${most}`);
    return value;
  };
  return new Command('simulate')
    .description('simulates TVs on loopback until it is stopped')
    .option('--count <n>', 'how many', '1')
    .option('--port-base <port>', "the first TV's port; 0: any free ones", '0')
    .option('--control-port <port>', 'HTTP port of relays, cables and faults; 0: any free one', '0')
    .option('--journal <file>', 'append everything that the TVs did, a line of JSON each')
    .option('--profile <names...>', 'makes, dealt out in turn')
    .option('--name <names...>', 'what the TVs are called')
    .option('--input-delay <ms>', 'how long one run of `input` takes', '300')
    .option('--boot-delay <ms>', 'from mains to an answer', '20000')
    .option('--authorise <how>', 'an unknown key is: allow, ask, reject', 'allow')
    .option('--for <seconds>', 'stop by itself after so long')
    .option('--json', 'print the ready line as JSON')
    .exitOverride()
    .action(async (options: SimulateOptions) => {
      const { isTvProfileId, startFleet, tvProfiles } = await import('../simulator/index.ts');
      const policy = policies.find((candidate) => candidate === options.authorise);
      if (!policy) throw new WrongUse(`--authorise must be one of ${policies.join(', ')}`);
      const profiles = options.profile?.map((name) => {
        if (isTvProfileId(name)) return name;
        throw new WrongUse(`there is no make '${name}'; there are ${Object.keys(tvProfiles).join(', ')}`);
      });
      const fleetOptions: FleetOptions = {
        count: whole('count', options.count, 1000),
        portBase: whole('port-base', options.portBase, 65_000),
        controlPort: whole('control-port', options.controlPort, 65_535),
        journalFile: options.journal,
        names: options.name,
        policy,
        delays: {
          input: milliseconds(whole('input-delay', options.inputDelay, 60_000)),
          boot: milliseconds(whole('boot-delay', options.bootDelay, 600_000)),
        },
        clock: parts.clock,
        random: parts.random,
        ...(profiles ? { profiles } : {}),
      };
      const limit = options.for === undefined ? undefined : seconds(whole('for', options.for, 86_400));
      const fleet = await startFleet(fleetOptions);
      const ready = { ready: true, pid: parts.pid, control: fleet.control.url, tvs: fleet.members };
      if (options.json === true) parts.print(JSON.stringify(ready));
      else {
        for (const { id, name, profile, host, port } of fleet.members)
          parts.print(`${id}  ${host}:${port}  ${profile.padEnd(12)} ${name}`);
        parts.print(`ready: ${fleet.members.length} TVs, control at ${fleet.control.url}`);
      }
      const ending = new AbortController();
      const timeIsUp = limit === undefined ? [] : [sleep(parts.clock, limit, ending.signal).catch(() => {})];
      await Promise.race([parts.stopped, ...timeIsUp]);
      ending.abort();
      await fleet.stop();
    });
}
