import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentId } from '@vakhta/kernel';
import { LinkClose, MAX_FRAME_BYTES, type Wire, type WireHandlers } from '@vakhta/link';
import { WebSocketServer } from 'ws';
import { AgentSession, type AgentSessionDeps } from './agent-session.ts';
import { serveWire } from './web-socket-wire.ts';

/** All agents connected to this server, one session each. */
export class AgentLink {
  readonly #deps: AgentSessionDeps;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  readonly #sessions = new Map<AgentId, AgentSession>();
  readonly #leaving = new Set<Promise<void>>();

  constructor(deps: AgentSessionDeps) {
    this.#deps = deps;
  }

  /** Takes over an HTTP upgrade to the link's path. Who it is is settled by the handshake, not by HTTP. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveWire(webSocket, socket, (wire) => this.accept(wire));
    });
  }

  /** Serves a new connection, whatever carries it; returns what its wire is to tell. */
  accept(wire: Wire): WireHandlers {
    const session = new AgentSession(wire, this.#deps, {
      live: (session) => {
        const former = this.#sessions.get(session.agent);
        this.#sessions.set(session.agent, session);
        former?.close(LinkClose.replaced, 'this agent connected anew');
      },
      ended: (session) => this.#forget(session),
    });
    return session.handlers;
  }

  #forget(session: AgentSession): void {
    for (const [agent, current] of this.#sessions) {
      if (current !== session) continue;
      this.#sessions.delete(agent);
      const leaving = session.idle
        .then(() => (this.#sessions.has(agent) ? undefined : session.recordGone()))
        .catch((error: unknown) => this.#deps.log.error({ event: 'link.leave_failed', agent, err: error }))
        .finally(() => this.#leaving.delete(leaving));
      this.#leaving.add(leaving);
    }
  }

  isConnected(agent: AgentId): boolean {
    return this.#sessions.has(agent);
  }

  /** Sends what is queued for these agents, as far as they are here. */
  deliver(agents: Iterable<string>): void {
    for (const agent of new Set(agents)) this.#sessions.get(agent as AgentId)?.deliver();
  }

  /** Tells these agents what they look after now. */
  async assign(agents: Iterable<string>): Promise<void> {
    await Promise.all([...new Set(agents)].map((agent) => this.#sessions.get(agent as AgentId)?.assign()));
  }

  /** Cuts an agent off whose key was taken back. */
  revoke(agent: AgentId): void {
    this.#sessions.get(agent)?.close(LinkClose.revoked, 'this agent was revoked');
  }

  /** Cuts everybody off and waits until it is written down that they are gone. */
  async close(): Promise<void> {
    for (const session of [...this.#sessions.values()])
      session.close(LinkClose.stopping, 'the server is stopping');
    await Promise.all(this.#leaving);
    this.#sockets.close();
  }
}
