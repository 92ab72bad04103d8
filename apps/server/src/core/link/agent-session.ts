import {
  type AgentId,
  AppError,
  type Clock,
  type Instant,
  type Random,
  seconds,
  type Timer,
} from '@vakhta/kernel';
import {
  AgentMessage,
  decodePictureFrame,
  type Frame,
  Hello,
  LinkClose,
  type Observation,
  Proof,
  type ServerMessage,
  type SigningKey,
  signOrder,
  type Wire,
  type WireHandlers,
} from '@vakhta/link';
import type { Log } from '../../platform/log/log.ts';
import type { Nodes } from '../../platform/nodes/nodes.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { takeForDelivery } from '../commands/delivery.ts';
import { type IngestResult, ingest } from '../ingest/ingest.ts';
import type { Projection } from '../ingest/projection.ts';
import { announceCommands, announceLogged } from '../live/announce.ts';
import type { LiveHub } from '../live/hub.ts';
import type { TellNodes } from '../nodes/tell-nodes.ts';
import type { PictureStore } from '../pictures/picture-store.ts';
import {
  assignmentsOf,
  type KnownAgent,
  recordConfirmed,
  recordConnected,
  recordDisconnected,
  recordHealth,
} from './agent-store.ts';
import { beginHandshake, type Handshake } from './handshake.ts';
import { breach, LinkBreach, parseFrame } from './link-breach.ts';
import { Rounds } from './rounds.ts';

export interface AgentSessionDeps {
  database: Database;
  clock: Clock;
  random: Random;
  log: Log;
  key: SigningKey;
  hub: LiveHub;
  pictures: PictureStore;
  projections: readonly Projection[];
  nodes: Pick<Nodes, 'number'>;
  tellNodes: TellNodes;
}

/** From proof to close; the registry keeps one per agent. */
export interface SessionEvents {
  live(session: AgentSession): void;
  ended(session: AgentSession): void;
}

const HANDSHAKE_LIMIT = seconds(10);
/** How often the agent is asked for a sign of life; two without one end the connection. */
const HEARTBEAT = seconds(10);
/** An agent keeps a few batches under way; one that floods is cut off. */
const MAX_WAITING_FRAMES = 256;

/**
 * The server's side of one agent's connection: proof, then batches in order, each acknowledged after its commit, and
 * orders the other way. Frames are handled one after another.
 */
export class AgentSession {
  readonly #wire: Wire;
  readonly #deps: AgentSessionDeps;
  readonly #events: SessionEvents;
  readonly #handshakeLimit: Timer;
  readonly #heartbeat: Timer;
  #silentBeats = 0;
  #phase: 'hello' | 'proof' | 'live' | 'closed' = 'hello';
  #agent: KnownAgent | undefined;
  /** The node it was connected to: a process that was taken for dead is another node afterwards. */
  #node: number | undefined;
  #handshake: Handshake | undefined;
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #lag: number | null = null;
  readonly #deliveries = new Rounds(
    { again: false },
    (how) => this.#deliverRound(how),
    (err) => this.#deps.log.error({ event: 'link.delivery_failed', agent: this.#agent?.id, err }),
  );

  constructor(wire: Wire, deps: AgentSessionDeps, events: SessionEvents) {
    this.#wire = wire;
    this.#deps = deps;
    this.#events = events;
    this.#handshakeLimit = deps.clock.after(HANDSHAKE_LIMIT, () =>
      this.close(LinkClose.protocol, 'no proof in time'),
    );
    this.#heartbeat = deps.clock.every(HEARTBEAT, () => this.#beat());
  }

  /** What the wire tells this session. */
  readonly handlers: WireHandlers = {
    opened: () => {},
    alive: () => {
      this.#silentBeats = 0;
    },
    frame: (frame) => this.#enqueue(frame),
    closed: () => this.#end(),
  };

  get agent(): AgentId {
    if (!this.#agent) throw new AppError('link.not_proved', 'the session has no agent yet');
    return this.#agent.id;
  }

  /** Resolves when every frame received so far has been dealt with. */
  get idle(): Promise<void> {
    return this.#work;
  }

  close(code: number, reason: string): void {
    this.#wire.close(code, reason);
    this.#end();
  }

  /** Sends what is queued for the agent; with `again`, also what a broken connection may have lost. */
  deliver(options: { again: boolean } = { again: false }): void {
    this.#deliveries.ask(options);
  }

  /** Sends the whole list of things anew. */
  async assign(): Promise<void> {
    const agent = this.#agent;
    if (!agent || this.#phase !== 'live') return;
    const things = await this.#deps.database.tenant(agent.organisation, (tx) => assignmentsOf(tx, agent.id));
    this.#send({ type: 'assign', things });
  }

  #beat(): void {
    if (this.#silentBeats >= 2) {
      this.#deps.log.warn({ event: 'link.silent', agent: this.#agent?.id });
      this.#wire.terminate();
      this.#end();
      return;
    }
    this.#silentBeats += 1;
    this.#wire.ping();
  }

  #enqueue(frame: Frame): void {
    if (this.#phase === 'closed') return;
    this.#waiting += 1;
    if (this.#waiting > MAX_WAITING_FRAMES) {
      this.close(LinkClose.protocol, 'too many frames at once');
      return;
    }
    const handle = this.#read(frame);
    this.#work = this.#work.then(async () => {
      if (this.#phase !== 'closed') await handle().catch((error: unknown) => this.#fail(error));
      this.#waiting -= 1;
    });
  }

  #fail(error: unknown): void {
    if (error instanceof LinkBreach) {
      this.#deps.log.warn({ event: error.code, agent: this.#agent?.id, reason: error.message });
      this.close(error.closeCode, error.message);
    } else {
      // Nothing was acknowledged, so the agent sends it again over a new connection.
      this.#deps.log.error({ event: 'link.frame_failed', agent: this.#agent?.id, err: error });
      this.close(LinkClose.stopping, 'the server could not store this; try again');
    }
  }

  /**
   * Reads a frame at once, while those before it are with the database; what is wrong with it comes out when it is its
   * turn to be handled.
   */
  #read(frame: Frame): () => Promise<void> {
    if (typeof frame !== 'string' || this.#phase !== 'live') return () => this.#handle(frame);
    try {
      const message = parseFrame(AgentMessage, frame);
      return () => this.#takeMessage(message);
    } catch (error) {
      return () => Promise.reject(error);
    }
  }

  async #handle(frame: Frame): Promise<void> {
    if (typeof frame !== 'string') return this.#takePicture(frame);
    switch (this.#phase) {
      case 'hello':
        return this.#takeHello(parseFrame(Hello, frame));
      case 'proof':
        return this.#takeProof(parseFrame(Proof, frame));
      case 'live':
        return this.#takeMessage(parseFrame(AgentMessage, frame));
      case 'closed':
        return;
    }
  }

  async #takeHello(hello: Hello): Promise<void> {
    const handshake = await beginHandshake(hello, this.#deps);
    if (this.#isOver()) return;
    this.#agent = handshake.agent;
    this.#handshake = handshake;
    this.#phase = 'proof';
    this.#wire.send(handshake.challenge);
  }

  async #takeProof(proof: Proof): Promise<void> {
    if (!this.#handshake) throw breach('link.out_of_order', 'hello comes first');
    const { agent } = this.#handshake;
    this.#handshake.judge(proof);
    const node = this.#deps.nodes.number;
    if (node === undefined)
      throw breach('link.cut_off', 'this server is out of touch; try another', LinkClose.stopping);
    this.#node = node;
    this.#handshakeLimit.cancel();
    this.#events.live(this);
    const now = this.#deps.clock.now();
    const connected = await recordConnected(this.#deps.database, agent, proof, { node, now });
    // Another connection of it may have come, or the node been cut off, meanwhile.
    if (this.#isOver()) return;
    this.#phase = 'live';
    this.#deps.tellNodes({ is: 'connected', agent: agent.id });
    this.#send({ type: 'welcome', acknowledged: connected.acknowledged, things: connected.things });
    this.#deps.log.info({ event: 'link.connected', agent: agent.id, software: proof.software });
    this.#announcePresence(agent, true, now);
    if (connected.modelsChanged)
      this.#deps.hub.publish(agent.organisation, { type: 'changed', what: 'models' });
    this.deliver({ again: true });
  }

  /** Who is at the other end, and which node this was when they came. */
  #established(): { agent: KnownAgent; node: number } {
    if (!this.#agent || this.#node === undefined) throw breach('link.out_of_order', 'the proof comes first');
    return { agent: this.#agent, node: this.#node };
  }

  async #takeMessage(message: AgentMessage): Promise<void> {
    const { agent, node } = this.#established();
    const { database, clock, hub } = this.#deps;
    switch (message.type) {
      case 'observations': {
        const batch = { organisation: agent.organisation, agent: agent.id, ...message };
        const began = clock.monotonic();
        const result = await ingest(batch, this.#deps);
        this.#answer(agent, message.stream, message.items, result);
        return this.#deps.log.debug({
          event: result.state === 'gap' ? 'link.gap' : 'link.acknowledged',
          agent: agent.id,
          stream: message.stream,
          items: message.items.length,
          ...(result.state === 'gap'
            ? { expected: result.expected }
            : { seq: result.acknowledged, fresh: result.logged.length, failed: result.failures.length }),
          ms: Math.round(clock.monotonic() - began),
        });
      }
      case 'pulse': {
        const confirmed = await recordConfirmed(database, agent, message.things);
        return hub.publishConfirmed(agent.organisation, confirmed);
      }
      case 'health':
        return recordHealth(database, agent, message.health, this.#lag, { node, now: clock.now() });
    }
  }

  #answer(
    agent: KnownAgent,
    stream: Proof['stream'],
    items: readonly Observation[],
    result: IngestResult,
  ): void {
    if (result.state === 'gap') {
      this.#send({ type: 'gap', stream, expected: result.expected });
      return;
    }
    this.#send({ type: 'acknowledge', stream, seq: result.acknowledged });
    const { clock, hub, log } = this.#deps;
    this.#lag = Math.max(0, clock.now() - (items.at(-1)?.at ?? clock.now()));
    announceLogged(hub, agent.organisation, result.logged);
    announceCommands(hub, agent.organisation, result.changes);
    for (const { projection, error } of result.failures)
      log.error({ event: 'projection.failed', projection, organisation: agent.organisation, err: error });
  }

  async #takePicture(frame: Uint8Array): Promise<void> {
    const { agent } = this.#established();
    const { header, bytes } = decodePictureFrame(frame);
    const kept = await this.#deps.pictures.keep(agent.organisation, header.sha256, bytes);
    if (!kept.ok) this.#deps.log.warn({ event: 'link.picture_refused', agent: agent.id, reason: kept.error });
  }

  async #deliverRound({ again }: { again: boolean }): Promise<'done' | 'more'> {
    const agent = this.#agent;
    const node = this.#node;
    if (!agent || node === undefined || this.#phase !== 'live') return 'done';
    const { database, clock, key, hub } = this.#deps;
    const to = { organisation: agent.organisation, agent: agent.id, node, again };
    const { orders, changes, more } = await takeForDelivery(database, clock, to);
    for (const order of orders) this.#send({ type: 'order', order: signOrder(key, order) });
    announceCommands(hub, agent.organisation, changes);
    return more ? 'more' : 'done';
  }

  #announcePresence(agent: KnownAgent, online: boolean, now: Instant): void {
    this.#deps.hub.publish(agent.organisation, {
      type: 'presence',
      agent: agent.id,
      online,
      at: new Date(now).toISOString(),
    });
  }

  #send(message: ServerMessage): void {
    if (this.#phase === 'live') this.#wire.send(JSON.stringify(message));
  }

  #end(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#handshakeLimit.cancel();
    this.#heartbeat.cancel();
    this.#events.ended(this);
    this.#deps.log.info({ event: 'link.disconnected', agent: this.#agent?.id });
  }

  /** A question of its own, since the compiler holds that nothing changes while one waits. */
  #isOver(): boolean {
    return this.#phase === 'closed';
  }

  /** Writes down that the agent is gone; skipped when a newer connection of it has taken over, on any node. */
  async recordGone(): Promise<void> {
    const agent = this.#agent;
    const node = this.#node;
    if (!agent || node === undefined) return;
    const now = this.#deps.clock.now();
    if (await recordDisconnected(this.#deps.database, agent, { node, now }))
      this.#announcePresence(agent, false, now);
  }
}
