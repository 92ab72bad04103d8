import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { createClient } from '@vakhta/api';
import { AppError, type Clock, type Random, seconds, sleep } from '@vakhta/kernel';
import {
  type Config,
  ensureDatabase,
  ensurePrivateDirectory,
  findFreePort,
  isPortFree,
  publicUrl,
  readServerSecrets,
} from '@vakhta/server/supervision';
import * as z from 'zod';
import { Child, type ChildOptions } from './child.ts';
import { choosePortBase, DemoMemory } from './demo-state.ts';
import { hallArguments, listHall, positions, rewireHall, seedHall } from './hall.ts';
import { openHall, staff } from './open-hall.ts';
import { ensureOwner, ensureToken } from './owner.ts';
import { ensurePanel, viteProgram } from './panel-build.ts';
import { screens } from './places.ts';
import { Announcement, type ReadyFile } from './ready-file.ts';
import { ensureAgent, ensureSites, listAll, rewire, seedThings, type Wiring } from './seed.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const VAKHTA = join(ROOT, 'apps/cli/bin/vakhta.ts');
const SIMULATOR = join(ROOT, 'packages/android-tv/bin/android-tv.ts');

/** The agent hands over what is left; the server lets requests finish. With PostgreSQL's, below the ten seconds promised. */
const PATIENCE = {
  agent: seconds(3),
  simulator: seconds(2),
  hall: seconds(2),
  server: seconds(3),
  vite: seconds(1),
};
const SERVER_WITHIN = seconds(60);
const ONLINE_WITHIN = seconds(90);

const run = promisify(execFile);

export interface DemoDeps {
  config: Config;
  /** Of this process: what children inherit. */
  env: NodeJS.ProcessEnv;
  clock: Clock;
  random: Random;
  say(line: string): void;
  /** For work on Vakhta itself: the server starts anew when its sources change, and Vite serves the panel. */
  dev: boolean;
  /** A hall of slot machines as well. */
  hall: boolean;
}

/** A demo that runs. */
export interface Demo {
  ready: Omit<ReadyFile, 'pids'>;
  /** Resolves when the database that it runs ended. */
  readonly broken: Promise<void>;
}

/**
 * The whole desk on one machine: database, server, fifty simulated TVs and a real agent that looks after them. Whatever
 * is started is put on `undo`, to be undone in the reverse order, also while the start is still under way.
 */
export async function startDemo(deps: DemoDeps, undo: (() => Promise<void>)[]): Promise<Demo> {
  const { clock, random, say } = deps;
  const config = { ...deps.config, port: deps.config.port || (await findFreePort()) };
  const { data } = config;
  // Said before anything is started: whoever answers there would be taken for our server.
  if (!(await isPortFree(config.port)))
    throw new AppError('demo.port_taken', `port ${config.port} is taken: set VAKHTA_PORT to another`);
  await ensurePrivateDirectory(data);
  const announcement = new Announcement(data);
  await announcement.withdraw();
  undo.push(() => announcement.withdraw());
  await mkdir(join(data, 'logs'), { recursive: true, mode: 0o700 });
  trust(config);
  const memory = await DemoMemory.open(data, random);
  const panel = deps.dev ? Promise.resolve() : ensurePanel(ROOT, say);
  panel.catch(() => {});

  const source = await ensureDatabase(config, await readServerSecrets(config, random), clock);
  undo.push(async () => source.embedded?.stop());
  const env = { ...deps.env, VAKHTA_DATA: data, VAKHTA_PORT: String(config.port), DATABASE_URL: source.url };
  const url = publicUrl(config, config.port);
  const child = (
    name: keyof typeof PATIENCE,
    args: string[],
    childEnv: NodeJS.ProcessEnv,
    cwd = ROOT,
  ): Child => {
    const options: ChildOptions = {
      name,
      args,
      cwd,
      env: childEnv,
      log: join(data, 'logs', `${name}.log`),
      patience: PATIENCE[name],
      clock,
      onStart: (pid) => announcement.setPid(name, pid),
      onDeath: (status) =>
        say(`${name} ended with status ${status} and is started again; see ${options.log}`),
    };
    return new Child(options);
  };

  const wiring = await chooseWiring(memory, random);
  const simulator = child('simulator', simulatorArguments(data, wiring.now), withoutOurs(deps.env));
  await simulator.start();
  undo.push(() => simulator.stop());
  const hallPortBase = deps.hall ? await chooseHallPorts(memory, random) : undefined;
  if (hallPortBase) {
    const hall = child('hall', hallArguments(ROOT, hallPortBase.now, config.data), withoutOurs(deps.env));
    await hall.start();
    undo.push(() => hall.stop());
  }

  await ensureOwner(memory, { program: VAKHTA, cwd: ROOT, env });
  await panel;
  const server = child(
    'server',
    [...(deps.dev ? ['--watch', '--watch-preserve-output'] : []), VAKHTA, 'serve'],
    env,
  );
  await server.start();
  undo.push(() => server.stop());
  if (deps.dev) {
    const vite = child('vite', [viteProgram(ROOT)], withoutOurs(deps.env), join(ROOT, 'apps/panel'));
    await vite.start();
    undo.push(() => vite.stop());
    say(`Vite serves the panel; its address is in ${join(data, 'logs', 'vite.log')}`);
  }
  await serverReady(url, clock, join(data, 'logs', 'server.log'));
  await ensureToken(memory, url);

  const { token, organisation } = memory.state;
  const api = createClient({ server: url, token, organisation: () => organisation });
  const agentData = join(data, 'demo-agent');
  const sites = await ensureSites(api);
  const enrolled = await enrolledAt(agentData);
  const { id: agent, token: oneTime } = await ensureAgent(api, {
    site: [...sites.values()][0]!,
    enrol: enrolled !== url,
  });
  if (oneTime !== undefined)
    await enrol({ url, token: oneTime, data: agentData, config, env: withoutOurs(deps.env) });
  const agentChild = child('agent', [VAKHTA, 'agent', '--data', agentData], withoutOurs(deps.env));
  await agentChild.start();
  undo.push(() => agentChild.stop());

  if (!memory.state.seeded) {
    say('adding fifty TVs at five stations');
    await seedThings(api, { agent, sites, wiring: wiring.now, clock });
    await memory.keep({ seeded: true });
  } else if (wiring.before) await rewire(api, wiring.before, wiring.now);
  if (hallPortBase && !memory.state.hallSeeded) {
    say('adding a hall of forty slot machines');
    await seedHall(api, { agent, portBase: hallPortBase.now, clock });
    await memory.keep({ hallSeeded: true });
  } else if (hallPortBase?.isNew) await rewireHall(api, hallPortBase.now);
  await everythingOnline(deps, async () => [
    ...(await listAll(api)),
    ...(hallPortBase ? await listHall(api) : []),
  ]);

  const { email, password } = memory.state;
  if (deps.hall && !memory.state.hallOpened) {
    say('opening the hall: machines, desks, guests, a shift');
    await openHall(api, { url, organisation, password, clock });
    await memory.keep({ hallOpened: true });
  }
  const people = deps.hall ? staff.map(({ role, email: of }) => ({ role, email: of })) : [];
  const ready = { url, email, password, token, organisation, people };
  await announcement.publish(ready);
  // First to go: what is being stopped is not ready.
  undo.push(() => announcement.withdraw());
  return { ready, broken: source.embedded?.lost ?? new Promise(() => {}) };
}

/** Where the TVs are now, and where they were if that changed. */
async function chooseWiring(
  memory: DemoMemory,
  random: Random,
): Promise<{ now: Wiring; before: Wiring | undefined }> {
  const kept = memory.state.portBase;
  const portBase = await choosePortBase(kept, screens.length + 1, random);
  if (portBase !== kept) await memory.keep({ portBase });
  const at = (base: number): Wiring => ({ portBase: base, controlPort: base + screens.length });
  return { now: at(portBase), before: kept !== 0 && kept !== portBase ? at(kept) : undefined };
}

/** The hall's first port, and whether that changed. */
async function chooseHallPorts(memory: DemoMemory, random: Random): Promise<{ now: number; isNew: boolean }> {
  const kept = memory.state.hallPortBase;
  const now = await choosePortBase(kept, positions.length, random);
  if (now !== kept) await memory.keep({ hallPortBase: now });
  return { now, isNew: kept !== 0 && kept !== now };
}

const simulatorArguments = (data: string, { portBase, controlPort }: Wiring): string[] => [
  SIMULATOR,
  'simulate',
  ...['--count', String(screens.length)],
  ...['--port-base', String(portBase)],
  ...['--control-port', String(controlPort)],
  ...['--journal', join(data, 'logs', 'simulator.jsonl')],
  ...['--name', ...screens.map(({ name }) => name)],
];

/** The agent and the simulator know nothing of the server's settings, secrets least of all. */
const withoutOurs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('VAKHTA_') && name !== 'DATABASE_URL'),
  );

/** A certificate of the operator's own making is believed by us as it is by the agent. */
function trust({ tls }: Config): void {
  if (tls) setDefaultCACertificates([...getCACertificates('default'), readFileSync(tls.certFile, 'utf8')]);
}

async function serverReady(url: string, clock: Clock, log: string): Promise<void> {
  const start = clock.monotonic();
  while (clock.monotonic() - start < SERVER_WITHIN) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await sleep(clock, 50);
  }
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n');
  throw new AppError(
    'demo.server_not_ready',
    `the server is not ready; its log ${log} ends: ${lines.at(-1)}`,
  );
}

/** The server that the agent in `data` is enrolled at, if any. */
async function enrolledAt(data: string): Promise<string | undefined> {
  const text = await readFile(join(data, 'agent.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : z.object({ server: z.string() }).parse(JSON.parse(text)).server;
}

async function enrol(options: {
  url: string;
  token: string;
  data: string;
  config: Config;
  env: NodeJS.ProcessEnv;
}): Promise<void> {
  const { url, token, data, config, env } = options;
  const ca = config.tls ? ['--ca', config.tls.certFile] : [];
  await run(
    process.execPath,
    [VAKHTA, 'enrol', '--server', url, '--token', token, '--data', data, '--replace', ...ca],
    { cwd: ROOT, env },
  );
}

/** Waits until everything answers; says what is missing and goes on when that takes too long. */
async function everythingOnline(
  { clock, say }: DemoDeps,
  list: () => ReturnType<typeof listAll>,
): Promise<void> {
  const start = clock.monotonic();
  for (;;) {
    const missing = (await list()).filter(({ online }) => !online);
    if (missing.length === 0) return;
    if (clock.monotonic() - start > ONLINE_WITHIN) {
      for (const { name, offlineReason } of missing)
        say(`not online: ${name} (${offlineReason?.message ?? 'no word of it yet'})`);
      return;
    }
    await sleep(clock, 100);
  }
}
