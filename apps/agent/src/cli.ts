import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { AppError, systemClock, systemRandom, UsageError } from '@vakhta/kernel';
import type { DriverLog } from '@vakhta/things';
import type { Command } from 'commander';
import { type Logger, pino } from 'pino';
import { readSettings } from './agent-settings.ts';
import { loadDrivers } from './drivers/load-drivers.ts';
import { enrol } from './enrol.ts';
import { readIdentity } from './identity.ts';
import { webSocketConnect } from './link/web-socket-wire.ts';
import { startAgent } from './main.ts';
import { fetchAuthority } from './pinned-authority.ts';
import { serviceNotifier } from './service-notifier.ts';

/** EX_NOPERM of sysexits(3): the unit does not restart an agent whose enrolment was taken back. */
const REVOKED = 77;

/** Adds `agent` and `enrol` to the command line. */
export function register(program: Command): void {
  program
    .command('enrol')
    .description('make this machine an agent of a server, with the one-time token the panel shows')
    .requiredOption('--server <url>', 'where the server is, https://desk.example')
    .requiredOption('--token <token>', 'the one-time token, good for 24 hours')
    .option('--data <directory>', 'where the identity and the outbox are kept', defaultDirectory())
    .option(
      '--ca <file>',
      'PEM of the authority that signs the server’s certificate; no other is then believed',
    )
    .option(
      '--pin <sha256>',
      'SHA-256 of that authority, as the panel shows it: it is taken from the server and believed if it is this one',
    )
    .option('--replace', 'give up the identity that is there for a new one')
    .option('--json', 'print the result as JSON')
    .action((options: EnrolCommand) => exitOn(() => runEnrol(options)));
  program
    .command('agent')
    .description('look after the things of this site, for the server this machine is enrolled at')
    .option('--data <directory>', 'where the identity and the outbox are kept', defaultDirectory())
    .option('--config <file>', 'settings as JSON')
    .action((options: AgentCommand) => exitOn(() => runAgent(options)));
}

interface EnrolCommand {
  server: string;
  token: string;
  data: string;
  ca?: string;
  pin?: string;
  replace?: boolean;
  json?: boolean;
}

interface AgentCommand {
  data: string;
  config?: string;
}

async function runEnrol({ server, token, data, ca, pin, replace, json }: EnrolCommand): Promise<number> {
  if (ca !== undefined && pin !== undefined)
    throw new UsageError('agent.two_authorities', '--ca and --pin: give one or the other');
  const authority = pin ? await fetchAuthority(server, pin) : ca && readAuthority(ca);
  if (authority) setDefaultCACertificates([authority]);
  const { agent, organisation } = await enrol({
    server,
    token,
    directory: data,
    ...(authority && { authority }),
    replace,
  });
  if (json) console.log(JSON.stringify({ server, agent, organisation, directory: data }));
  else console.log(`enrolled as ${agent}; start it with: vakhta agent --data ${data}`);
  return 0;
}

async function runAgent({ data, config }: AgentCommand): Promise<number> {
  const settings = readSettings(config);
  const { identity, key } = readIdentity(data);
  const modules = await loadDrivers(settings.drivers);
  const notifier = serviceNotifier(process.env);
  const log = driverLog(pino({ level: settings.logLevel, base: { agent: identity.agent } }));
  const agent = startAgent(
    { identity, key, directory: data, outbox: settings.outbox, version: readVersion() },
    {
      clock: systemClock,
      random: systemRandom,
      connect: webSocketConnect({ authority: identity.authority }),
      modules,
      log,
    },
  );
  const stop = () => {
    notifier.notify('STOPPING=1');
    void agent.stop();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  log('info', 'agent.started', {
    server: identity.server,
    directory: data,
    models: modules.map((m) => m.model.id),
  });
  notifier.notify('READY=1');
  const watchdog =
    notifier.watchdog === undefined
      ? undefined
      : // The timer itself proves that the event loop turns.
        systemClock.every(notifier.watchdog, () => {
          if (agent.isAlive()) notifier.notify('WATCHDOG=1');
        });
  const end = await agent.ended;
  watchdog?.cancel();
  log('info', 'agent.ended', { because: end.because });
  switch (end.because) {
    case 'stopped':
      return 0;
    case 'revoked':
      return REVOKED;
    case 'broken':
      return 1;
  }
}

/** Runs a command to its exit code; what the user can mend is one line, and anything else keeps its stack. */
async function exitOn(run: () => Promise<number>): Promise<void> {
  try {
    process.exit(await run());
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

function defaultDirectory(): string {
  if (process.getuid?.() === 0) return '/var/lib/vakhta-agent';
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'vakhta-agent');
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError('agent.authority_unreadable', `${file}: ${(cause as Error).message}`, { cause });
  }
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}

const driverLog =
  (logger: Logger): DriverLog =>
  (level, event, fields = {}) => {
    const { error, ...rest } = fields as { error?: unknown };
    logger[level]({ event, ...rest, ...(error !== undefined && { err: error }) });
  };
