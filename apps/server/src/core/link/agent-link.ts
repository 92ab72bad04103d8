import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AgentId } from '@vakhta/kernel';
import { LinkClose, MAX_FRAME_BYTES, type Wire, type WireHandlers } from '@vakhta/link';
import { WebSocketServer } from 'ws';
import { AgentSession, type AgentSessionDeps } from './agent-session.ts';
import { isElsewhere, revokedOf } from './agent-store.ts';
import { serveWire } from './web-socket-wire.ts';

/** What nodes tell each other is short. */
const AGENTS_AT_ONCE = 100;

/**
 * All agents connected to this server, one session each, and by way of the other nodes those connected to them. What one
 * that is not here is to be told, it is told by the node that holds it.
 */
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

  /** Sends what is queued for these agents. */
  deliver(agents: Iterable<string>): void {
    this.#tellOfAbsent('deliver', this.deliverHere(agents));
  }

  /** Of these agents, as far as they are here; returns those who are not. */
  deliverHere(agents: Iterable<string>): string[] {
    return this.#eachHere(agents, (session) => session.deliver());
  }

  /** Tells these agents what they look after now. */
  async assign(agents: Iterable<string>): Promise<void> {
    this.#tellOfAbsent('assign', await this.assignHere(agents));
  }

  async assignHere(agents: Iterable<string>): Promise<string[]> {
    const assigned: Promise<void>[] = [];
    const absent = this.#eachHere(agents, (session) => assigned.push(session.assign()));
    await Promise.all(assigned);
    return absent;
  }

  /** Cuts an agent off whose key was taken back. */
  revoke(agent: AgentId): void {
    this.revokeHere(agent);
    this.#deps.tellNodes({ is: 'revoked', agent });
  }

  revokeHere(agent: AgentId): void {
    this.#sessions.get(agent)?.close(LinkClose.revoked, 'this agent was revoked');
  }

  /** Another node says that the agent is with it. */
  async letGo(agent: AgentId): Promise<void> {
    const { database, nodes } = this.#deps;
    const session = this.#sessions.get(agent);
    if (!session || nodes.number === undefined) return;
    // It may have come back to this one since.
    if (await isElsewhere(database, agent, nodes.number))
      session.close(LinkClose.replaced, 'this agent connected to another server');
  }

  /** Something may have been told that this node did not hear: does for its agents whatever that can have been. */
  async resync(): Promise<void> {
    const agents = [...this.#sessions.keys()];
    for (const agent of await revokedOf(this.#deps.database, agents)) this.revokeHere(agent);
    await this.assignHere(agents);
    this.deliverHere(agents);
  }

  /** Cuts everybody off: this node is out of touch, and they have others to go to. */
  dropAll(): void {
    for (const session of [...this.#sessions.values()])
      session.close(LinkClose.stopping, 'this server is out of touch; try another');
  }

  #eachHere(agents: Iterable<string>, visit: (session: AgentSession) => void): string[] {
    return [...new Set(agents)].filter((agent) => {
      const session = this.#sessions.get(agent as AgentId);
      if (session) visit(session);
      return session === undefined;
    });
  }

  #tellOfAbsent(is: 'deliver' | 'assign', agents: readonly string[]): void {
    for (let from = 0; from < agents.length; from += AGENTS_AT_ONCE)
      this.#deps.tellNodes({ is, agents: agents.slice(from, from + AGENTS_AT_ONCE) });
  }

  /** Cuts everybody off and waits until it is written down that they are gone. */
  async close(): Promise<void> {
    for (const session of [...this.#sessions.values()])
      session.close(LinkClose.stopping, 'the server is stopping');
    await Promise.all(this.#leaving);
    this.#sockets.close();
  }
}
