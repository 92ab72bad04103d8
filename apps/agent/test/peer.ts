import { randomBytes } from 'node:crypto';
import type { AgentId, CommandId, StreamId } from '@vakhta/kernel';
import {
  AgentMessage,
  type Assignment,
  type CommandOrder,
  decodePictureFrame,
  type Frame,
  generateSigningKey,
  type HandshakeFacts,
  Hello,
  isAgentProof,
  type Observation,
  Proof,
  proveServer,
  type ServerMessage,
  type SigningKey,
  signOrder,
  type Wire,
  type WireHandlers,
} from '@vakhta/link';

type Batch = Extract<AgentMessage, { type: 'observations' }>;

interface Session {
  wire: Wire;
  phase: 'hello' | 'proof' | 'open';
  facts: HandshakeFacts | undefined;
}

/**
 * The server's side of the link, as the design describes it and no more: proves itself, keeps a log without holes or
 * repeats per stream, acknowledges. What tests want to go wrong they set here.
 */
export class Peer {
  readonly key: SigningKey = generateSigningKey().key;
  readonly log: Observation[] = [];
  readonly streams = new Map<StreamId, number>();
  readonly batches: Batch[] = [];
  readonly pulses: Extract<AgentMessage, { type: 'pulse' }>[] = [];
  readonly pictures = new Map<string, Uint8Array>();
  /** Frames as they came, by kind. */
  readonly arrivals: string[] = [];
  /** Why connections were broken off from here. */
  readonly breaches: string[] = [];
  health: Extract<AgentMessage, { type: 'health' }>['health'] | undefined;
  things: Assignment[] = [];
  connections = 0;
  /** Proves itself with this key instead of its own. */
  provesWith: SigningKey | undefined;
  /** What is done with a batch: 'apply' it, keep it and stay 'silent', or 'lose' it. */
  treat: (batch: Batch) => 'apply' | 'silent' | 'lose' = () => 'apply';
  #session: Session | undefined;
  readonly #agent: { id: AgentId; publicKey: string };
  readonly #now: () => number;

  constructor(agent: { id: AgentId; publicKey: string }, now: () => number) {
    this.#agent = agent;
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#session?.phase === 'open';
  }

  accept(wire: Wire): WireHandlers {
    const session: Session = { wire, phase: 'hello', facts: undefined };
    return {
      opened: () => {
        this.connections += 1;
        this.#session = session;
      },
      frame: (frame) => {
        try {
          this.#onFrame(session, frame);
        } catch (error) {
          this.breaches.push(String(error));
          wire.close(4400, 'breach');
        }
      },
      alive() {},
      closed: () => {
        if (this.#session === session) this.#session = undefined;
      },
    };
  }

  send(message: ServerMessage): void {
    this.#session?.wire.send(JSON.stringify(message));
  }

  close(code: number): void {
    this.#session?.wire.close(code, '');
  }

  cut(): void {
    this.#session?.wire.terminate();
  }

  assign(things: Assignment[]): void {
    this.things = things;
    this.send({ type: 'assign', things });
  }

  /** Signs and sends an order; `notAfter` is in ten seconds where it is not given. */
  order(
    order: Omit<CommandOrder, 'agent' | 'notAfter'> & Partial<CommandOrder>,
  ): ReturnType<typeof signOrder> {
    const signed = signOrder(this.key, { agent: this.#agent.id, notAfter: this.#now() + 10_000, ...order });
    this.send({ type: 'order', order: signed });
    return signed;
  }

  /** How a command went, by the log. */
  life(command: CommandId): string[] {
    return this.log.flatMap((each) =>
      each.kind === 'command' && each.command === command
        ? [`${each.state}${each.code ? ` ${each.code}` : ''}`]
        : [],
    );
  }

  /** The agent's events of one name. */
  events(name: string): Observation[] {
    return this.log.filter((each) => each.kind === 'agent' && each.name === name);
  }

  #onFrame(session: Session, frame: Frame): void {
    if (typeof frame !== 'string') {
      const { header, bytes } = decodePictureFrame(frame);
      this.arrivals.push(`picture ${header.sha256}`);
      this.pictures.set(header.sha256, bytes);
      return;
    }
    const message: unknown = JSON.parse(frame);
    switch (session.phase) {
      case 'hello':
        this.#onHello(session, Hello.parse(message));
        return;
      case 'proof':
        this.#onProof(session, Proof.parse(message));
        return;
      case 'open':
        this.#onMessage(session, AgentMessage.parse(message));
        return;
    }
  }

  #onHello(session: Session, hello: ReturnType<typeof Hello.parse>): void {
    this.arrivals.push('hello');
    const nonce = randomBytes(32).toString('base64url');
    const time = this.#now();
    session.facts = { agent: hello.agent, agentNonce: hello.nonce, serverNonce: nonce, serverTime: time };
    session.phase = 'proof';
    const signature = proveServer(this.provesWith ?? this.key, session.facts);
    session.wire.send(JSON.stringify({ type: 'challenge', nonce, time, signature }));
  }

  #onProof(session: Session, proof: ReturnType<typeof Proof.parse>): void {
    this.arrivals.push('proof');
    if (!session.facts || !isAgentProof(this.#agent.publicKey, session.facts, proof.signature))
      throw new Error('wrong proof');
    session.phase = 'open';
    const acknowledged = this.streams.get(proof.stream) ?? 0;
    session.wire.send(JSON.stringify({ type: 'welcome', acknowledged, things: this.things }));
  }

  #onMessage(session: Session, message: AgentMessage): void {
    this.arrivals.push(message.type);
    if (message.type === 'health') this.health = message.health;
    if (message.type === 'pulse') this.pulses.push(message);
    if (message.type !== 'observations') return;
    this.batches.push(message);
    const treatment = this.treat(message);
    if (treatment === 'lose') return;
    const { stream, from, items } = message;
    const has = this.streams.get(stream) ?? 0;
    if (from > has + 1) {
      session.wire.send(JSON.stringify({ type: 'gap', stream, expected: has + 1 }));
      return;
    }
    this.log.push(...items.slice(Math.max(0, has + 1 - from)));
    this.streams.set(stream, Math.max(has, from + items.length - 1));
    if (treatment === 'apply')
      session.wire.send(JSON.stringify({ type: 'acknowledge', stream, seq: this.streams.get(stream)! }));
  }
}
