import { statfsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Clock, hours, type Random, seconds, sleep } from '@vakhta/kernel';
import type { AgentHealth, Assignment, Connect, SigningKey } from '@vakhta/link';
import type { DriverLog, DriverModule } from '@vakhta/things';
import { CommandRunner } from './commands/command-runner.ts';
import { DriverHost } from './drivers/driver-host.ts';
import { ensurePrivateDirectory, type Identity } from './identity.ts';
import { Life } from './life.ts';
import { watchClock } from './link/clock-watch.ts';
import { Link, linkUrl } from './link/link.ts';
import { ServerTime } from './link/server-time.ts';
import { AssignmentMemory } from './outbox/assignment-memory.ts';
import { CommandJournal } from './outbox/command-journal.ts';
import { Outbox } from './outbox/outbox.ts';
import { OutboxFile } from './outbox/outbox-file.ts';
import { Recorder } from './outbox/recorder.ts';
import type { OutboxLimits } from './outbox/room.ts';

/** Drivers may take `STOP_WITHIN` of the host; this much more is given to hand over what is left. */
const HAND_OVER_WITHIN = seconds(1);
const PRUNE_EVERY = hours(1);

export interface AgentConfig {
  identity: Identity;
  key: SigningKey;
  /** Where the outbox and the drivers' folders lie. */
  directory: string;
  outbox: OutboxLimits;
  version: string;
}

/** Everything an agent needs of the world; a simulation brings its own. */
export interface AgentDeps {
  clock: Clock;
  random: Random;
  connect: Connect;
  modules: readonly DriverModule[];
  log: DriverLog;
  openOutbox?: (path: string, deps: { clock: Clock; random: Random }) => OutboxFile;
}

/** Why an agent is no more: it was stopped, its enrolment was taken back, or something broke that waiting cannot mend. */
export type AgentEnd =
  | { because: 'stopped' }
  | { because: 'revoked' }
  | { because: 'broken'; error: unknown };

export interface Agent {
  readonly ended: Promise<AgentEnd>;
  readonly isLinked: boolean;
  health(): AgentHealth;
  /** Whether the agent does its work; for a watchdog. */
  isAlive(): boolean;
  /** Puts the drivers down, hands over what is left if the link is there, and ends within 5 s. */
  stop(): Promise<void>;
  /** Ends at once with no further effect, as a power cut does. A new agent may then be started on the same folder. */
  kill(): void;
}

/** Builds an agent of its parts and starts it. The one place that knows them all. */
export function startAgent(config: AgentConfig, deps: AgentDeps): Agent {
  const { identity, key, directory } = config;
  const { random, modules, log } = deps;
  const life = new Life(deps.clock);
  const { clock } = life;
  const startedAt = clock.monotonic();
  const { promise: ended, resolve: end } = Promise.withResolvers<AgentEnd>();

  ensurePrivateDirectory(directory);
  const openOutbox = deps.openOutbox ?? ((path, own) => new OutboxFile(path, own));
  // Named by the agent: one enrolled anew into another organisation must not send it what belongs to the first.
  const file = openOutbox(join(directory, `outbox-${identity.agent}.sqlite`), { clock, random });

  const serverTime = new ServerTime(clock);
  const now = () => serverTime.now();
  const outbox = new Outbox(file, config.outbox, {
    clock,
    random,
    now,
    log,
    onWritten: () => link.pump(),
    onBroken: (error) => {
      log('error', 'agent.broken', { error });
      kill();
      end({ because: 'broken', error });
    },
  });
  const recorder = new Recorder({ outbox, now, onValueWaiting: () => link.scheduleFlush() });
  const journal = new CommandJournal(file);
  const assignments = new AssignmentMemory(outbox);
  const host = new DriverHost({
    modules,
    clock,
    random,
    recorder,
    log,
    directory,
    ensureDirectory: ensurePrivateDirectory,
  });
  const runner = new CommandRunner({
    agent: identity.agent,
    serverKey: identity.serverKey,
    serverTime,
    clock,
    recorder,
    journal,
    host,
    log,
  });

  const health = (): AgentHealth => ({
    outbox: { waiting: file.waiting.count, capacity: outbox.capacity, full: outbox.isFull },
    memoryBytes: process.memoryUsage.rss(),
    diskFreeBytes: freeBytes(directory),
    uptimeSeconds: (clock.monotonic() - startedAt) / 1000,
    clockOffset: serverTime.clockOffset,
    drivers: host.health(),
  });
  const link = new Link(
    {
      url: linkUrl(identity.server),
      agent: identity.agent,
      key,
      serverKey: identity.serverKey,
      software: {
        version: config.version,
        node: process.version,
        platform: `${process.platform}-${process.arch}`,
        host: hostname(),
      },
      models: modules.map((module) => module.model),
      recorder,
      serverTime,
      clock,
      random,
      connect: deps.connect,
      log,
      health,
      pulse: () => host.takeConfirmed(),
      onAssign(things: readonly Assignment[]) {
        if (stopping) return;
        assignments.save(things);
        host.assign(things);
      },
      onOrder(order) {
        if (!stopping) runner.take(order);
      },
    },
    () => void finish('revoked'),
  );

  let stopping: Promise<void> | undefined;
  const finish = (because: 'stopped' | 'revoked'): Promise<void> => {
    stopping ??= putDown().then(() => end({ because }));
    return stopping;
  };
  const putDown = async () => {
    log('info', 'agent.stopping');
    await host.stop();
    const limit = sleep(clock, HAND_OVER_WITHIN);
    await Promise.race([runner.settled(), limit]);
    link.flushValues();
    outbox.note('stopping', {});
    outbox.flush();
    // The server's acknowledgement of all this; without it, it lies on the disk and is sent next time.
    if (link.isOpen) await Promise.race([whenIdle(clock, link), limit]);
    link.stop();
    runner.abandon();
    outbox.close();
    life.end();
  };
  const kill = () => {
    life.end();
    link.abandon();
    host.abandon();
    runner.abandon();
    outbox.close();
  };

  const unfinished = runner.endUnfinished();
  outbox.note('started', { version: config.version, unfinished });
  watchClock(clock, (by) => {
    log('warn', 'clock.jumped', { by });
    outbox.note('clock_jumped', { by });
  });
  clock.every(PRUNE_EVERY, () => {
    if (serverTime.isKnown) outbox.writeNow('prune', [], { also: () => journal.prune(now()) });
  });
  host.assign(assignments.load());
  link.start();

  return {
    ended,
    get isLinked() {
      return link.isOpen;
    },
    health,
    isAlive: () => outbox.isAlive(),
    stop: () => finish('stopped'),
    kill,
  };
}

async function whenIdle(clock: Clock, link: Link): Promise<void> {
  while (link.isOpen && !link.isIdle) await sleep(clock, 20);
}

function freeBytes(directory: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
