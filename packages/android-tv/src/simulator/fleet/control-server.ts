import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@vakhta/kernel';
import * as z from 'zod';
import { screencapPng } from '../screen/screencap.ts';
import type { Journal } from '../tv/journal.ts';
import { pressKey } from '../tv/key-behaviours.ts';
import type { FleetTv } from './fleet-tv.ts';

export interface ControlServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Bodies are a few words. */
const largestBody = 10_000;

interface Resource {
  get?: (fleetTv: FleetTv) => unknown;
  post?: (fleetTv: FleetTv, body: unknown) => unknown;
}

const Relay = z.strictObject({ on: z.boolean() });
const Cable = z.strictObject({ plugged: z.boolean() });
const Fault = z.strictObject({
  fault: z.enum(['none', 'stall', 'half_open', 'refuse']).optional(),
  drop: z.enum(['close', 'reset']).optional(),
});
const Authorisation = z.strictObject({
  policy: z.enum(['allow', 'ask', 'reject']).optional(),
  accept: z.boolean().optional(),
  forget: z.boolean().optional(),
});
const Keys = z.strictObject({ code: z.int().nonnegative() });
const Input = z.strictObject({
  hdmiPort: z.int(),
  state: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});

const relayState = ({ tv }: FleetTv) => ({ on: tv.hasMains });
const cableState = ({ tv }: FleetTv) => ({ carrier: tv.hasCarrier, plugged: tv.cablePlugged });

/** What is at `/tvs/ID/…`: the world around a TV, which ADB cannot reach. */
const resources: Readonly<Record<string, Resource>> = {
  '': { get: describe },
  relay: {
    get: relayState,
    post: (fleetTv, body) => {
      fleetTv.tv.setMains(Relay.parse(body).on);
      return relayState(fleetTv);
    },
  },
  cable: {
    get: cableState,
    post: (fleetTv, body) => {
      fleetTv.tv.setCable(Cable.parse(body).plugged);
      return cableState(fleetTv);
    },
  },
  faults: {
    get: ({ fault, connections }) => ({ fault, connections }),
    post: async (fleetTv, body) => {
      const { fault, drop } = Fault.parse(body);
      if (fault !== undefined) await fleetTv.setFault(fault);
      if (drop !== undefined) fleetTv.drop(drop);
      return { fault: fleetTv.fault };
    },
  },
  authorisation: {
    get: ({ policy, tv }) => ({ policy, asking: tv.dialog !== undefined }),
    post: (fleetTv, body) => {
      const { policy, accept, forget } = Authorisation.parse(body);
      if (policy !== undefined) fleetTv.policy = policy;
      if (forget === true) fleetTv.forgetKeys();
      return { policy: fleetTv.policy, accepted: accept === true && fleetTv.acceptKeys() };
    },
  },
  /** Somebody in the room with the set's own remote control. */
  keys: {
    post: ({ tv }, body) => {
      pressKey(tv, Keys.parse(body).code);
      return {};
    },
  },
  /** Somebody plugs a source in or switches it off. */
  inputs: {
    get: ({ tv }) => tv.inputs,
    post: ({ tv }, body) => {
      const { hdmiPort, state } = Input.parse(body);
      const input = tv.inputs.find((candidate) => candidate.hdmiPort === hdmiPort);
      if (input) input.state = state;
      return tv.inputs;
    },
  },
  'screen.png': { get: ({ tv }) => Buffer.from(screencapPng(tv)) },
};

function describe(fleetTv: FleetTv) {
  const { tv } = fleetTv;
  return {
    id: tv.id,
    name: tv.name,
    profile: tv.profile.id,
    port: fleetTv.port,
    mains: tv.hasMains,
    cable: tv.cablePlugged,
    phase: tv.phase,
    wakefulness: tv.wakefulness,
    volume: tv.volume,
    muted: tv.muted,
    hdmiPort: tv.shownInput?.hdmiPort ?? null,
    front: tv.front,
    session: tv.session ?? null,
    uptimeMs: tv.uptime,
    fault: fleetTv.fault,
    connections: fleetTv.connections,
  };
}

export interface ControlServerOptions {
  tvs: ReadonlyMap<string, FleetTv>;
  journal: Journal;
  address: string;
  port: number;
}

/** The world around the TVs over HTTP: relays, cables, faults, people in the room, and the journal. */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const server = createServer((request, response) => {
    answer(options, request)
      .then((body) => send(response, 200, body))
      .catch((error: unknown) => refuse(response, error));
  });
  server.listen(options.port, options.address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.address}:${port}`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer({ tvs, journal }: ControlServerOptions, request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const [root, id, name = ''] = url.pathname.split('/').slice(1);
  if (root === 'journal') {
    const after = Number(url.searchParams.get('after') ?? 0);
    return journal.entries({ after, tv: url.searchParams.get('tv') ?? undefined });
  }
  if (root === 'tvs' && id === undefined) return [...tvs.values()].map(describe);
  const fleetTv = root === 'tvs' && id !== undefined ? tvs.get(id) : undefined;
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (!fleetTv || !resource) throw new AppError('simulator.not_found', `nothing is at ${url.pathname}`);
  if (request.method === 'GET' && resource.get) return resource.get(fleetTv);
  if (request.method === 'POST' && resource.post) return resource.post(fleetTv, await readBody(request));
  throw new AppError('simulator.no_such_method', `${request.method} is not for ${url.pathname}`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > largestBody) throw new AppError('simulator.too_large', 'the body is too large');
  }
  return JSON.parse(body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const isPicture = Buffer.isBuffer(body);
  response.writeHead(status, { 'content-type': isPicture ? 'image/png' : 'application/json' });
  response.end(isPicture ? body : `${JSON.stringify(body)}\n`);
}

function refuse(response: ServerResponse, error: unknown): void {
  const status =
    error instanceof AppError ? 404 : error instanceof SyntaxError || error instanceof z.ZodError ? 400 : 500;
  send(response, status, { error: error instanceof Error ? error.message : String(error) });
}
