import { type HandshakeFacts, LINK_PATH, proveAgent, type SigningKey } from '@vakhta/link';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { lampModel } from './fixture.ts';

/** An agent's end of a real connection, that says what a test tells it to. */
export class LinkClient {
  readonly received: Record<string, unknown>[] = [];
  closedWith: number | undefined;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
    socket.on('close', (code) => {
      this.closedWith = code;
    });
    socket.on('error', () => {});
  }

  /** Connects and proves itself; resolves once it is welcome. */
  static async connect(
    url: string,
    agent: { agent: string; agentKey: SigningKey; stream: string },
  ): Promise<LinkClient> {
    const socket = new WebSocket(url.replace('http', 'ws') + LINK_PATH);
    const client = new LinkClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const nonce = Buffer.alloc(32, 7).toString('base64url');
    client.send({ type: 'hello', version: 1, agent: agent.agent, nonce });
    const challenge = await client.next<{ nonce: string; time: number }>('challenge');
    const facts: HandshakeFacts = {
      agent: agent.agent,
      agentNonce: nonce,
      serverNonce: challenge.nonce,
      serverTime: challenge.time,
    };
    client.send({
      type: 'proof',
      signature: proveAgent(agent.agentKey, facts),
      stream: agent.stream,
      software: { version: '1.0.0', node: 'v24', platform: 'linux', host: 'mini' },
      models: [lampModel],
    });
    await client.next('welcome');
    return client;
  }

  send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** The next message of the type; throws once none can come any more. */
  async next<T extends Record<string, unknown>>(type: string): Promise<T> {
    const find = () => this.received.findIndex((message) => message.type === type);
    await vi.waitFor(() => {
      if (find() < 0 && this.closedWith === undefined) throw new Error(`no ${type} yet`);
    }, 10_000);
    const index = find();
    if (index < 0) throw new Error(`closed with ${this.closedWith} before any ${type}`);
    return this.received.splice(index, 1)[0] as T;
  }

  close(): void {
    this.#socket.close();
  }
}
