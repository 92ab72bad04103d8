import type { Json } from '@vakhta/kernel';
import type { Log } from '../../platform/log/log.ts';
import type { NodeWatcher } from '../../platform/nodes/nodes.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { AgentLink } from '../link/agent-link.ts';
import { forgetConnections } from '../link/agent-store.ts';
import type { LiveHub } from '../live/hub.ts';
import type { LiveSockets } from '../live/live-socket.ts';
import { NodeWord } from './node-word.ts';

export interface WatchNodesDeps {
  database: Database;
  clock: { now(): number };
  log: Log;
  hub: LiveHub;
  link: AgentLink;
  liveSockets: LiveSockets;
  /** Settings of the desk may have changed. */
  onSettings(): Promise<void>;
}

/** What this node does about the words and the fate of the others. */
export function watchNodes(deps: WatchNodesDeps): NodeWatcher {
  const { log, hub, link, liveSockets, onSettings } = deps;
  const failed = (err: unknown) => log.error({ event: 'node.word_failed', err });
  return {
    heard(word: Json) {
      // One that a newer node knows and this one does not is passed over.
      const known = NodeWord.safeParse(word).data;
      if (!known) return;
      log.debug({ event: 'node.heard', is: known.is });
      obey(known, deps)?.catch(failed);
    },
    lost() {
      hub.missed();
      settleConnections(deps).catch(failed);
      link.resync().catch(failed);
      onSettings().catch(failed);
    },
    cutOff() {
      // The others may take this node for dead. Whoever is connected finds one that is in touch, or this one later.
      link.dropAll();
      liveSockets.dropAll();
    },
    rejoined() {
      settleConnections(deps).catch(failed);
      onSettings().catch(failed);
    },
  };
}

function obey(word: NodeWord, { hub, link, onSettings }: WatchNodesDeps): Promise<unknown> | undefined {
  switch (word.is) {
    case 'live':
      hub.publishHere(word.organisation, word.message, word.address);
      return undefined;
    case 'confirmed':
      hub.publishConfirmedHere(word.organisation, word.things);
      return undefined;
    case 'deliver':
      link.deliverHere(word.agents);
      return undefined;
    case 'assign':
      return link.assignHere(word.agents);
    case 'revoked':
      link.revokeHere(word.agent);
      return undefined;
    case 'connected':
      return link.letGo(word.agent);
    case 'settings':
      return onSettings();
    case 'tooLong':
      hub.missed();
      return undefined;
  }
}

/** Agents of nodes that are no more are shown as gone, until they come to another. */
async function settleConnections({ database, clock, hub }: WatchNodesDeps): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  for (const { organisation, agent } of await forgetConnections(database))
    hub.publish(organisation, { type: 'presence', agent, online: false, at });
}
