import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { type ApiClient, agentRoutes, createClient, siteRoutes, thingRoutes } from '@vakhta/api';
import { AppError } from '@vakhta/kernel';
import { freePort } from './free-port.ts';
import { LiveListener } from './live-listener.ts';
import { type LocalCertificate, localCertificate } from './local-certificate.ts';
import type { ProcessGroup, RunningProcess } from './process-group.ts';
import { TcpBalancer } from './tcp-balancer.ts';
import type { TvAddress } from './tv-fleet-process.ts';
import { until } from './until.ts';

export interface DeskOptions {
  group: ProcessGroup;
  /** Empty or a former one's; made if absent. */
  directory: string;
  databaseUrl: string;
  /** With a certificate of its own, which this process then believes and no other. */
  tls: boolean;
  /** How many servers there are on the database; with more than one, `url` is that of a proxy before them. */
  nodes?: number;
}

const PASSWORD = 'only-for-tests-of-processes';
const MODEL = 'android-tv';

/** A desk of real processes: `vakhta serve`, its owner signed in, and the agents enrolled at it. */
export class VakhtaDesk {
  readonly url: string;
  readonly #options: DeskOptions;
  readonly #ports: readonly number[];
  readonly #balancer: TcpBalancer | undefined;
  readonly #certificate: LocalCertificate | undefined;
  readonly #servers: RunningProcess[] = [];
  #token = '';
  #client: ApiClient | undefined;
  #site = '';

  private constructor(
    options: DeskOptions,
    ports: readonly number[],
    balancer: TcpBalancer | undefined,
    certificate: LocalCertificate | undefined,
  ) {
    this.#options = options;
    this.#ports = ports;
    this.#balancer = balancer;
    this.#certificate = certificate;
    this.url = `${certificate ? 'https' : 'http'}://127.0.0.1:${balancer?.port ?? ports[0]}`;
  }

  /** Starts the servers, makes their owner, signs in, and makes a site. */
  static async start(options: DeskOptions): Promise<VakhtaDesk> {
    await mkdir(options.directory, { recursive: true });
    const certificate = options.tls ? await localCertificate(options.directory) : undefined;
    if (certificate) setDefaultCACertificates([certificate.certificate]);
    const ports: number[] = [];
    for (let node = 0; node < (options.nodes ?? 1); node++) ports.push(await freePort());
    const balancer = ports.length > 1 ? await TcpBalancer.start(ports) : undefined;
    const desk = new VakhtaDesk(options, ports, balancer, certificate);
    for (const node of ports.keys()) await desk.startServer(node);
    await desk.#signIn();
    return desk;
  }

  get server(): RunningProcess {
    return this.serverOf(0);
  }
  serverOf(node: number): RunningProcess {
    return given(this.#servers[node]);
  }
  /** An API token of the owner. */
  get token(): string {
    return this.#token;
  }
  /** As the owner. */
  get client(): ApiClient {
    return given(this.#client);
  }

  /** Starts the server, or one of them, anew after its end; resolves once it serves. */
  async startServer(node = 0): Promise<void> {
    const server = this.#options.group.start({
      name: `server ${node + 1}`,
      command: 'vakhta',
      args: ['serve'],
      env: this.#environmentOf(node),
    });
    this.#servers[node] = server;
    await server.firstLine((line) => line.includes('"server.started"') || undefined);
  }

  /** Closes the proxy before the servers, if there is one; the processes belong to their group. */
  async stop(): Promise<void> {
    await this.#balancer?.stop();
  }

  #environmentOf(node: number): Record<string, string> {
    const { databaseUrl, directory } = this.#options;
    return {
      DATABASE_URL: databaseUrl,
      // One for all: the secrets that nodes must have in common are in it.
      VAKHTA_DATA: join(directory, 'server'),
      VAKHTA_PORT: String(this.#ports[node]),
      ...(this.#certificate && {
        VAKHTA_TLS_CERT: this.#certificate.certFile,
        VAKHTA_TLS_KEY: this.#certificate.keyFile,
      }),
    };
  }

  /** Enrols an agent by its one-time token, as on a mini-PC; it is not started yet. */
  async enrolAgent(name: string): Promise<EnrolledAgent> {
    const { group, directory } = this.#options;
    const { agent, token } = await this.client.call(agentRoutes.createAgent, {
      body: { name, site: this.#site },
    });
    const data = join(directory, name);
    const enrolling = group.start({
      name: `enrol ${name}`,
      command: 'vakhta',
      args: [
        ...['enrol', '--server', this.url, '--token', token, '--data', data],
        ...(this.#certificate ? ['--ca', this.#certificate.certFile] : []),
      ],
    });
    await enrolling.firstLine((line) => line.startsWith('enrolled') || undefined);
    return new EnrolledAgent({ id: agent.id, name, data, group });
  }

  /** Resolves once the agent is connected and its kinds of things are known. */
  async agentIsHere(agent: EnrolledAgent): Promise<void> {
    await until(`agent ${agent.name} is connected`, async () => {
      const { online } = await this.client.call(agentRoutes.getAgent, { params: { agent: agent.id } });
      return online;
    });
  }

  /** Adds the TVs to the agent's care, each with its relay and its cable; gives their ids, in the same order. */
  async addTvs(agent: EnrolledAgent, tvs: readonly TvAddress[]): Promise<string[]> {
    const things: string[] = [];
    for (const { name, host, port, relayUrl, cableUrl } of tvs) {
      const thing = await this.client.call(thingRoutes.createThing, {
        body: {
          name: `${agent.name} ${name}`,
          model: MODEL,
          agent: agent.id,
          groups: [],
          configuration: {
            address: host,
            port,
            relay: { kind: 'http', url: relayUrl },
            cable: { kind: 'http', url: cableUrl },
          },
        },
      });
      things.push(thing.id);
    }
    return things;
  }

  /** Resolves once every TV answers and was read from end to end. */
  async tvsAreRead(things: readonly string[]): Promise<void> {
    await until('every TV is read', async () => {
      const { items } = await this.client.call(thingRoutes.listThings, { query: { limit: 200 } });
      return things.every((id) => {
        const thing = items.find((item) => item.id === id);
        return (
          thing?.online && thing.properties.volume !== undefined && thing.properties.serial !== undefined
        );
      });
    });
  }

  /** Opens a live socket, as a panel does. */
  listen(): Promise<LiveListener> {
    return LiveListener.open({
      server: this.url,
      token: this.#token,
      authority: this.#certificate?.certificate,
    });
  }

  async #signIn(): Promise<void> {
    const { group } = this.#options;
    const email = 'owner@example.org';
    const adding = group.start({
      name: 'member add',
      command: 'vakhta',
      args: [
        'member',
        'add',
        '--email',
        email,
        '--name',
        'Owner',
        '--role',
        'owner',
        '--password-stdin',
        '--json',
      ],
      env: this.#environmentOf(0),
      input: PASSWORD,
    });
    await adding.firstLine((line) => line.includes('"member"') || undefined);
    this.#token = await tokenOf(this.url, email, PASSWORD);
    this.#client = createClient({ server: this.url, token: this.#token });
    const site = await this.#client.call(siteRoutes.createSite, {
      body: { name: 'Site', timeZone: 'Europe/Minsk' },
    });
    this.#site = site.id;
  }
}

/** An agent that is enrolled, and its process while there is one. */
export class EnrolledAgent {
  readonly id: string;
  readonly name: string;
  /** Its data directory. */
  readonly data: string;
  readonly #group: ProcessGroup;
  #process: RunningProcess | undefined;

  constructor(parts: { id: string; name: string; data: string; group: ProcessGroup }) {
    this.id = parts.id;
    this.name = parts.name;
    this.data = parts.data;
    this.#group = parts.group;
  }

  get process(): RunningProcess {
    return given(this.#process);
  }

  /** Starts the agent, anew after its end; resolves once its process runs. */
  async start(settings?: object): Promise<void> {
    const config = join(this.data, 'settings.json');
    if (settings) await writeFile(config, JSON.stringify(settings));
    this.#process = this.#group.start({
      name: this.name,
      command: 'vakhta',
      args: ['agent', '--data', this.data, ...(settings ? ['--config', config] : [])],
    });
    await this.#process.firstLine((line) => line.includes('"agent.started"') || undefined);
  }
}

/** Signs in by the API and makes a token, as a person who writes a program does. */
async function tokenOf(server: string, email: string, password: string): Promise<string> {
  const signedIn = await fetch(`${server}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!signedIn.ok) throw new AppError('testkit.sign_in', await signedIn.text());
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  const made = await fetch(`${server}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server },
    body: JSON.stringify({ name: 'Process test' }),
  });
  if (!made.ok) throw new AppError('testkit.token', await made.text());
  const { secret } = (await made.json()) as { secret: string };
  return secret;
}

function given<T>(part: T | undefined): T {
  if (part === undefined) throw new AppError('testkit.not_started', 'this was not started yet');
  return part;
}
