import { X509Certificate } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Clock, days, seconds, systemClock, systemRandom } from '@vakhta/kernel';
import { sql } from 'kysely';
import { type Config, isLoopback, readConfig } from '../config.ts';
import { embeddedHome, reachDatabase } from '../ensure-database.ts';
import { PANEL } from '../main.ts';
import { migrationModules } from '../migration-modules.ts';
import { type Database, openDatabase } from '../platform/postgres/database.ts';
import { pendingMigrations } from '../platform/postgres/migrations.ts';
import { readServerSecrets } from '../server-secrets.ts';

/** One thing looked at. */
export interface Finding {
  what: string;
  /** `note`: nothing is wrong, but it is good to know. */
  verdict: 'good' | 'note' | 'wrong';
  found: string;
  /** What to do, where something is wrong. */
  advice?: string;
}

const good = (what: string, found: string): Finding => ({ what, verdict: 'good', found });
const note = (what: string, found: string, advice?: string): Finding => ({
  what,
  verdict: 'note',
  found,
  ...(advice && { advice }),
});
const wrong = (what: string, found: string, advice: string): Finding => ({
  what,
  verdict: 'wrong',
  found,
  advice,
});

const GIBIBYTE = 1024 ** 3;
const DISK_LOW_BYTES = 1 * GIBIBYTE;
const CERTIFICATE_LOW = days(14);
const MIN_POSTGRES = 150_000;

/** Looks at everything that the desk needs and says of each thing that is wrong what to do. */
export async function examine(clock: Clock = systemClock): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    return [wrong('settings', (error as Error).message, 'set the variable right, or unset it')];
  }
  return [
    good('settings', `port ${config.port} of ${config.host}`),
    await examineData(config),
    await examineDisk(config),
    ...(await examineDatabase(config)),
    await examinePort(config),
    await examineTls(config, clock),
    await examinePanel(),
  ];
}

async function examineData({ data }: Config): Promise<Finding> {
  const what = 'data directory';
  const found = await stat(data).catch(() => undefined);
  if (!found) return note(what, `${data} is not there yet`, 'it is made at the first start');
  if (!found.isDirectory()) return wrong(what, `${data} is a file`, 'set VAKHTA_DATA to a directory');
  const writable = await access(data, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return wrong(what, `${data} can not be written`, `give it to this user: chown -R "$USER" ${data}`);
  const secrets = await stat(join(data, 'secrets.json')).catch(() => undefined);
  if (secrets && secrets.mode & 0o077)
    return wrong(
      what,
      `${data}/secrets.json can be read by others`,
      'chmod 600 it and replace the secrets in it',
    );
  return good(what, data);
}

async function examineDisk({ data }: Config): Promise<Finding> {
  let directory = data;
  while (!existsSync(directory) && directory !== '/') directory = join(directory, '..');
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const found = `${(free / GIBIBYTE).toFixed(1)} GiB free at ${directory}`;
  return free < DISK_LOW_BYTES
    ? wrong('disk', found, 'free some space or move VAKHTA_DATA')
    : good('disk', found);
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  const what = 'database';
  try {
    const secrets = await readServerSecrets(config, systemRandom);
    const source = await reachDatabase(config, secrets, systemClock);
    const database = openDatabase({ url: source.url, connections: 1 });
    try {
      return await examineOpenDatabase(database, config);
    } finally {
      await database.close();
      await source.embedded?.stop();
    }
  } catch (error) {
    const advice = config.databaseUrl
      ? 'is it running, and do host, user and password of DATABASE_URL hold?'
      : `see ${join(embeddedHome(config.data), 'postgres.log')}`;
    return [wrong(what, (error as Error).message, advice)];
  }
}

async function examineOpenDatabase(database: Database, config: Config): Promise<Finding[]> {
  const { version, fsync } = await database.owner(async (tx) => {
    const { rows } = await sql<{ version: string; fsync: string }>`
      select current_setting('server_version_num') as version, current_setting('fsync') as fsync`.execute(tx);
    return rows[0]!;
  });
  const findings: Finding[] = [];
  const name = `PostgreSQL ${Math.floor(Number(version) / 10_000)}, ${config.databaseUrl ? 'by DATABASE_URL' : 'embedded'}`;
  if (Number(version) < MIN_POSTGRES)
    findings.push(wrong('database', name, 'PostgreSQL 15 or newer is needed'));
  else if (fsync !== 'on')
    findings.push(
      wrong('database', `${name}, fsync off`, 'switch fsync on: what is acknowledged must be on disk'),
    );
  else findings.push(good('database', name));

  const pending = await pendingMigrations(database.pool, migrationModules);
  if (pending.length > 0) {
    findings.push(note('migrations', `${pending.length} to be applied`, 'the next start applies them'));
    return findings;
  }
  findings.push(good('migrations', 'all applied'));
  findings.push(await examineServers(database));
  findings.push(...(await examineAgents(database)));
  return findings;
}

async function examineServers(database: Database): Promise<Finding> {
  const { rows } = await database.system((tx) =>
    sql<{ name: string }>`select name from nodes where node_lives(number) order by number`.execute(tx),
  );
  const names = rows.map(({ name }) => name).join('; ');
  return names === ''
    ? note('servers', 'none runs', 'start the desk: npx vakhta serve')
    : good('servers', `${rows.length} on this database: ${names}`);
}

async function examineAgents(database: Database): Promise<Finding[]> {
  const agents = await database.system((tx) =>
    tx
      .selectFrom('agents')
      .select(['name', 'online', 'last_seen_at'])
      .where('status', '=', 'enrolled')
      .orderBy('name')
      .execute(),
  );
  if (agents.length === 0)
    return [note('agents', 'none is enrolled', 'add one in the panel and run the command it shows')];
  return agents.map(({ name, online, last_seen_at }) =>
    online
      ? good('agents', `${name} is connected`)
      : wrong(
          'agents',
          `${name} is not connected${last_seen_at ? `, last seen ${last_seen_at.toISOString()}` : ''}`,
          'does the desk run? then look at the mini-PC: is it on, does it reach this server, what does its log say?',
        ),
  );
}

async function examinePort({ host, port }: Config): Promise<Finding> {
  const what = 'port';
  const free = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
  if (free) return good(what, `${port} of ${host} is free: the desk is not running`);
  const scheme = isLoopback(host) ? 'http' : 'https';
  const ours = await fetch(`${scheme}://${host}:${port}/healthz`, { signal: AbortSignal.timeout(seconds(2)) })
    .then(async (response) => ((await response.json()) as { status?: string }).status === 'alive')
    .catch(() => false);
  return ours
    ? good(what, `the desk answers on ${port} of ${host}`)
    : wrong(
        what,
        `${port} of ${host} is taken by something else`,
        'stop that, or set VAKHTA_PORT to another port',
      );
}

async function examineTls({ tls, host, behindProxy }: Config, clock: Clock): Promise<Finding> {
  const what = 'TLS';
  if (!tls)
    return good(
      what,
      behindProxy ? 'done by the proxy in front' : `not needed: ${host} is this machine only`,
    );
  try {
    const certificate = new X509Certificate(await readFile(tls.certFile));
    await access(tls.keyFile, constants.R_OK);
    const left = Date.parse(certificate.validTo) - clock.now();
    const found = `certificate of ${certificate.subject.replaceAll('\n', ', ')} until ${certificate.validTo}`;
    if (left < 0) return wrong(what, found, 'it is past its date: replace it');
    if (left < CERTIFICATE_LOW) return note(what, found, 'replace it soon');
    return good(what, found);
  } catch (error) {
    return wrong(
      what,
      (error as Error).message,
      'VAKHTA_TLS_CERT and VAKHTA_TLS_KEY must name PEM files this user can read',
    );
  }
}

async function examinePanel(): Promise<Finding> {
  return existsSync(join(PANEL, 'index.html'))
    ? good('panel', 'built')
    : wrong('panel', `not built in ${PANEL}`, 'npm run build');
}
