import type { IncomingMessage } from 'node:http';
import { type Clock, hours, type Instant, minutes, type Random, seconds } from '@vakhta/kernel';
import type { SigningKey } from '@vakhta/link';
import type { Log } from '../platform/log/log.ts';
import type { Nodes } from '../platform/nodes/nodes.ts';
import type { Database, Tx } from '../platform/postgres/database.ts';
import type { Api } from './access/api.ts';
import type { MemberNames } from './access/member-names.ts';
import type { Principal } from './access/principal.ts';
import { agentRoutes } from './agents/routes.ts';
import { announceAlerts } from './alerts/announce-alerts.ts';
import { ensureBuiltInRules } from './alerts/built-in-rules.ts';
import { alertConditions } from './alerts/condition-projection.ts';
import { judgeAlerts } from './alerts/judge.ts';
import { maintenanceRoutes } from './alerts/maintenance-routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { alertRuleRoutes } from './alerts/rule-routes.ts';
import type { AlertStep } from './alerts/steps.ts';
import { auditRoutes } from './audit/routes.ts';
import { AuditSealer } from './audit/sealer.ts';
import { resolveOverdue } from './commands/overdue.ts';
import { commandRoutes } from './commands/routes.ts';
import { keepCheckpoints } from './history/checkpoints/keep-checkpoints.ts';
import { stateCheckpoints } from './history/checkpoints/state-checkpoints.ts';
import { propertyRollups } from './history/property-rollups.ts';
import { dropOldMonths, type Retention } from './history/retention/drop-old-months.ts';
import { historyRoutes } from './history/routes.ts';
import { ensureLogPartitions } from './ingest/log-partitions.ts';
import type { Projection } from './ingest/projection.ts';
import { catchUp, organisationsBehind } from './ingest/rebuild.ts';
import { deliverLetters, type LetterBox } from './letters/deliver-letters.ts';
import { AgentLink } from './link/agent-link.ts';
import { forgetConnections } from './link/agent-store.ts';
import { announceCommands } from './live/announce.ts';
import { LiveHub } from './live/hub.ts';
import { LiveSockets } from './live/live-socket.ts';
import { tellNodes } from './nodes/tell-nodes.ts';
import { watchNodes } from './nodes/watch-nodes.ts';
import { type DeliverDeps, deliverNotifications } from './notify/deliver.ts';
import { queueNotifications } from './notify/queue.ts';
import { notificationRoutes } from './notify/routes.ts';
import { PictureStore } from './pictures/picture-store.ts';
import { repeatedly } from './repeatedly.ts';
import { thingRoutes } from './things/routes.ts';
import { thingPresence, thingState } from './things/state-projection.ts';
import { thingsOfSite } from './things/thing-store.ts';

export interface CoreDeps {
  database: Database;
  clock: Clock;
  random: Random;
  log: Log;
  key: SigningKey;
  memberNames: MemberNames;
  /** The other servers on this database. */
  nodes: Nodes;
  /** Who a live socket's request is from; undefined for nobody who may see things. */
  authenticateLive(request: IncomingMessage): Promise<Principal | undefined>;
  /** How people are told of alerts outside the panel. */
  notify: Pick<DeliverDeps, 'findPeople' | 'desk'> & { mailer(): DeliverDeps['mailer'] };
  /** Mails to people about their own account. */
  letters: readonly LetterBox[];
  /** Each drops what it has kept for long enough of people's comings and goings. */
  forgetters: readonly ((now: Instant) => Promise<void>)[];
  /** How long observations stay in the log; for good where none is named. */
  retention(): Retention;
  /** Told when another server of this database changed settings of the desk, or may have. */
  onSettings(): Promise<void>;
  /** SHA-256 of the desk's own authority, where it has one. */
  pin?: string | undefined;
  /** What the domains derive from the log, besides the core's own. */
  projections?: readonly Projection[];
}

/** The core's own projections, applied before those of the domains. */
export const coreProjections: readonly Projection[] = [
  thingState,
  thingPresence,
  propertyRollups,
  stateCheckpoints,
  alertConditions,
];

export interface Core {
  hub: LiveHub;
  link: AgentLink;
  liveSockets: LiveSockets;
  implementRoutes(api: Api): void;
  /** Begins what runs by the clock; resolves once the state left by a former process is put right. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the spine's parts and ties them together. */
export function createCore(deps: CoreDeps): Core {
  const { database, clock, random, log, key, memberNames, notify, letters, forgetters, nodes } = deps;
  const projections = [...coreProjections, ...(deps.projections ?? [])];
  const hub = new LiveHub({
    thingsOfSite: (organisation, site) => database.tenant(organisation, (tx) => thingsOfSite(tx, site)),
    tellNodes: tellNodes(nodes),
  });
  const pictures = new PictureStore(database);
  const link = new AgentLink({
    database,
    clock,
    random,
    log,
    key,
    hub,
    pictures,
    projections,
    nodes,
    tellNodes: tellNodes(nodes),
  });
  const liveSockets = new LiveSockets({ hub, clock, nodes, authenticate: deps.authenticateLive });
  const sealer = new AuditSealer(database);

  const moveOverdue = async () => {
    const changes = await resolveOverdue(database, clock);
    for (const [organisation, steps] of Map.groupBy(changes, (change) => change.organisation)) {
      announceCommands(hub, organisation, steps);
    }
    link.deliver(changes.filter((step) => step.state === 'queued').map((step) => step.agent));
  };

  const mendProjections = async () => {
    for (const organisation of await organisationsBehind(database))
      for (const projection of await catchUp(database, organisation, projections))
        log.info({ event: 'projection.caught_up', projection, organisation });
  };

  const onSteps = (tx: Tx, steps: readonly AlertStep[]) =>
    queueNotifications(tx, steps, { clock, random, hasMail: notify.mailer() !== undefined });
  const judge = async () => {
    const steps = await judgeAlerts({
      database,
      clock,
      random,
      listeningSince: nodes.listeningSince,
      onSteps,
    });
    announceAlerts(hub, steps);
  };
  const addBuiltInRules = async () => {
    for (const organisation of await ensureBuiltInRules(database, { clock, random }))
      hub.publish(organisation, { type: 'changed', what: 'alertRules' });
  };

  const deliver = async () => {
    const mailer = notify.mailer();
    if (mailer) await deliverLetters(letters, { mailer, clock, log });
  };
  const forgetPast = async () => {
    for (const box of letters) await box.forgetPast(clock.now());
    for (const forget of forgetters) await forget(clock.now());
  };

  /** One node does them for all; each holds out against a second runner nevertheless, that came while the first went. */
  const jobs = [
    { name: 'commands.overdue', every: seconds(1), run: moveOverdue },
    { name: 'audit.seal', every: seconds(1), run: () => sealer.run() },
    { name: 'alerts.judge', every: seconds(1), run: judge },
    {
      name: 'notifications.deliver',
      every: seconds(1),
      run: () =>
        deliverNotifications({ database, clock, random, log, fetch, ...notify, mailer: notify.mailer() }),
    },
    { name: 'letters.deliver', every: seconds(1), run: deliver },
    { name: 'people.forget_past', every: hours(1), run: forgetPast },
    { name: 'alerts.built_in_rules', every: seconds(10), run: addBuiltInRules },
    { name: 'projections.catch_up', every: seconds(30), run: mendProjections },
    { name: 'history.checkpoints', every: minutes(1), run: () => keepCheckpoints(database, clock) },
    {
      name: 'log.retention',
      every: hours(6),
      run: async () => {
        await dropOldMonths({ database, clock, log, projections, retention: deps.retention() });
      },
    },
    { name: 'log.partitions', every: hours(6), run: () => ensureLogPartitions(database, clock) },
  ];
  let running: { stop(): Promise<void> }[] = [];

  return {
    hub,
    link,
    liveSockets,
    implementRoutes(api) {
      agentRoutes(api, { database, clock, random, key, hub, link, pin: deps.pin });
      thingRoutes(api, { database, clock, random, hub, link });
      commandRoutes(api, { database, clock, random, hub, link, pictures, memberNames });
      historyRoutes(api, { database, clock });
      auditRoutes(api, { database, memberNames });
      for (const implement of [alertRoutes, alertRuleRoutes, maintenanceRoutes])
        implement(api, { database, clock, random, hub, memberNames });
      notificationRoutes(api, {
        database,
        clock,
        random,
        hub,
        hasMail: () => notify.mailer() !== undefined,
        findPeople: notify.findPeople,
      });
    },
    async start() {
      await ensureLogPartitions(database, clock);
      await nodes.join(
        watchNodes({ database, clock, log, hub, link, liveSockets, onSettings: deps.onSettings }),
      );
      await forgetConnections(database);
      if (nodes.leads) await addBuiltInRules();
      running = jobs.map(({ run, ...job }) =>
        repeatedly({ ...job, run: async () => (nodes.leads ? run() : undefined) }, { clock, log }),
      );
    },
    async stop() {
      await Promise.all(running.map((job) => job.stop()));
      liveSockets.close();
      await link.close();
      // What the last moments wrote is sealed too; a database that is gone has it sealed at the next start.
      await sealer.run().finally(() => nodes.leave());
    },
  };
}
