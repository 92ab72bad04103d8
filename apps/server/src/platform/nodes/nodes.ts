import type { Clock, Instant, Json } from '@vakhta/kernel';

/** What a node is told by and about the others. */
export interface NodeWatcher {
  /** Another node's word. */
  heard(word: Json): void;
  /** Another node ended without a farewell: what it had to tell may be lost. */
  lost(): void;
  /** This node is out of touch with the others: it may be taken for dead, and hears nothing until `rejoined`. */
  cutOff(): void;
  rejoined(): void;
}

/** One server among those that share a database. */
export interface Nodes {
  /** Names this node in the database; undefined while it is out of touch with the others. Never used again by another. */
  readonly number: number | undefined;
  /** Whether the jobs that one node does for all are this one's. */
  readonly leads: boolean;
  /** Since when some node has listened to agents without a gap. */
  readonly listeningSince: Instant;
  join(watcher: NodeWatcher): Promise<void>;
  /**
   * Tells every other node, in order. A hint and no more: what it says stands in the database, and a node that may have
   * missed one looks there.
   */
  tell(word: Json): void;
  /** Delivers what was told and says farewell. */
  leave(): Promise<void>;
}

/** The number that stands for a node without others; the lock of that number is the leader's. */
const ALONE = 0;

/** A node that knows of no others. */
export const aloneNode = (clock: Clock): Nodes => {
  const listeningSince = clock.now();
  return {
    number: ALONE,
    leads: true,
    listeningSince,
    join: async () => {},
    tell: () => {},
    leave: async () => {},
  };
};
