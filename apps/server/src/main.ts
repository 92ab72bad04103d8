import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { routes } from '@vakhta/api';
import { routeGroups } from '@vakhta/api/reference';
import { AppError, type Clock, InternalError, type Random } from '@vakhta/kernel';
import { loadSigningKey } from '@vakhta/link';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepCertificate, prepareCertificate } from './certificate-keeper.ts';
import { type Config, isLoopback, publicUrl } from './config.ts';
import { createAuditPerson } from './core/access/audit-person.ts';
import { type Authenticate, createAuthenticator, ORGANISATION_HEADER } from './core/access/authenticate.ts';
import { Guard } from './core/access/guard.ts';
import { ownSessionRoutes } from './core/access/own-session-routes.ts';
import { passkeyRoutes } from './core/access/passkey-routes.ts';
import { passwordResetRoutes } from './core/access/password-reset-routes.ts';
import type { Account, Principal } from './core/access/principal.ts';
import { resetLetters } from './core/access/reset-letters.ts';
import { secondFactorRoutes } from './core/access/second-factor-routes.ts';
import { sessionRoutes } from './core/access/session-routes.ts';
import { signInRoutes } from './core/access/sign-in-routes.ts';
import { createCore } from './core/core.ts';
import { registerDeskMetrics } from './core/desk-metrics.ts';
import { groupRoutes } from './core/groups/routes.ts';
import { invitationLetters } from './core/invitations/invitation-letters.ts';
import { joinRoutes } from './core/invitations/join-routes.ts';
import { invitationRoutes } from './core/invitations/routes.ts';
import { createMemberNames } from './core/members/member-names.ts';
import { memberRoutes } from './core/members/routes.ts';
import { tellNodes } from './core/nodes/tell-nodes.ts';
import { isEmpty } from './core/organisations/create-organisation.ts';
import { firstOwnerLink } from './core/organisations/first-owner.ts';
import { organisationRoutes } from './core/organisations/routes.ts';
import { setUpRoutes } from './core/organisations/set-up-routes.ts';
import { dataAccessRoutes } from './core/people-data/data-access-routes.ts';
import { forgetPastDataAccess, noteDataAccess } from './core/people-data/data-access-store.ts';
import { siteRoutes } from './core/sites/routes.ts';
import { tokenRoutes } from './core/tokens/routes.ts';
import { CurrentMailer } from './desk-settings/current-mailer.ts';
import { CurrentMqtt } from './desk-settings/current-mqtt.ts';
import type { LiveConfig } from './desk-settings/live-config.ts';
import { LiveSettings } from './desk-settings/live-settings.ts';
import { deskSettingRoutes } from './desk-settings/routes.ts';
import { startCasino } from './domains/casino/casino.ts';
import { casinoProjection } from './domains/casino/log/projection.ts';
import { HallMirrors } from './domains/casino/mirror/hall-mirrors.ts';
import { casinoRoutes } from './domains/casino/routes/routes.ts';
import { ensureDatabase } from './ensure-database.ts';
import { migrationModules } from './migration-modules.ts';
import { type ApiServer, createApiServer } from './platform/http/api-server.ts';
import { createHttpServer } from './platform/http/http-server.ts';
import { openApiDocument } from './platform/http/openapi.ts';
import { forgetPastAttempts } from './platform/identity/attempts.ts';
import { createIdentity } from './platform/identity/identity.ts';
import type { Log } from './platform/log/log.ts';
import { createMetrics } from './platform/metrics/metrics.ts';
import { DatabaseNodes } from './platform/nodes/database-nodes.ts';
import { openDatabase } from './platform/postgres/database.ts';
import { migrate, pendingMigrations } from './platform/postgres/migrations.ts';
import { createLinkTokens } from './platform/secrets/link-tokens.ts';
import { createTextSealer } from './platform/secrets/sealed-text.ts';
import { fingerprintOf } from './platform/tls/local-authority.ts';
import { credentialsOf, readServerSecrets } from './server-secrets.ts';
import { routeUpgrades } from './upgrades.ts';
import { VERSION } from './version.ts';

export interface ServerDeps {
  clock: Clock;
  random: Random;
  log: Log;
}

export interface RunningServer {
  /** Where people open it: 'http://127.0.0.1:8080'. */
  url: string;
  /** Where the first owner comes in, while the desk is empty. Whoever holds it owns the desk: it belongs in no log. */
  setUp: string | undefined;
  /** Resolves when it can not go on; the database that it ran ended. */
  readonly broken: Promise<void>;
  /** Lets what runs finish, says goodbye to agents and panels, then ends. */
  stop(): Promise<void>;
}

/** The directory of the built panel. */
export const PANEL = join(import.meta.dirname, '../../panel/dist');
const PUBLIC_REQUESTS_PER_MINUTE = 600;

/** Builds the server of its parts and starts it. The one place that knows them all. */
export async function startServer(config: Config, deps: ServerDeps): Promise<RunningServer> {
  const { clock, random, log } = deps;
  // Undone in the reverse order, also when the start fails half way.
  const undo: (() => Promise<void>)[] = [];
  // A step that fails, as where the database went first, keeps none of the others: what goes on would keep the process.
  const stop = async () => {
    for (const step of undo.splice(0).reverse())
      await step().catch((err: unknown) => log.error({ event: 'server.stop_failed', err }));
  };
  try {
    const secrets = await readServerSecrets(config, random);
    const source = await ensureDatabase(config, secrets, clock);
    undo.push(async () => source.embedded?.stop());
    for (const { module, name } of await migrate(source.url, migrationModules))
      log.info({ event: 'postgres.migrated', module, migration: name });
    const database = openDatabase({
      url: source.url,
      onConnectionLost: (err) => log.warn({ event: 'postgres.connection_lost', err }),
    });
    undo.push(() => database.close());

    const authority = config.tls && (await prepareCertificate(config.tls, deps));
    const secure = config.tls !== undefined || config.behindProxy;
    const identity = createIdentity({ pool: database.pool, secret: secrets.sessionSecret, secure, clock });
    const links = createLinkTokens(secrets.sessionSecret);
    const auditPerson = createAuditPerson(database);
    const authenticate = createAuthenticator({ database, identity, clock });
    const mail = new CurrentMailer();
    undo.push(async () => mail.close());
    const nodes = new DatabaseNodes({
      url: source.url,
      clock,
      log,
      credentials: credentialsOf(secrets),
    });
    const settings = new LiveSettings({
      config,
      database,
      sealer: createTextSealer(secrets.sessionSecret, random),
      log,
      tellNodes: () => tellNodes(nodes)({ is: 'settings' }),
    });
    await settings.load();
    let level: string | undefined;
    const followLogAndMail = ({ logLevel, mail: now }: LiveConfig) => {
      // Another setting's change takes back no level that a signal set.
      if (logLevel !== level) log.level = logLevel;
      level = logLevel;
      mail.follow(now);
    };
    followLogAndMail(settings.current);
    settings.onChange(followLogAndMail);
    // Known once it listens.
    let url = '';
    const desk = () => settings.current.publicUrl ?? url;
    const memberNames = createMemberNames({ database, identity });
    const core = createCore({
      database,
      clock,
      random,
      log,
      key: loadSigningKey(secrets.signingKey),
      retention: () => settings.current.retention,
      onSettings: () => settings.load(),
      memberNames,
      nodes,
      pin: authority && fingerprintOf(authority),
      notify: {
        mailer: () => mail.mailer,
        findPeople: (users) => identity.findPeople(users),
        desk,
      },
      forgetters: [
        (now) => forgetPastAttempts(database.pool, now),
        (now) => identity.signIns.forgetPast(now),
        (now) => forgetPastDataAccess(database, now),
      ],
      letters: [
        resetLetters({ resets: identity.resets, links, auditPerson, desk }),
        invitationLetters(database, { links, desk }),
      ],
      authenticateLive: (request) => authenticateLive(authenticate, request),
      projections: [casinoProjection],
    });

    const metrics = createMetrics();
    registerDeskMetrics({ registry: metrics.registry, database, liveSockets: core.liveSockets });
    const http = await createHttpServer({
      tls: config.tls,
      behindProxy: config.behindProxy,
      authority,
      panel: PANEL,
      openApi: openApiDocument(routeGroups, {
        title: 'Vakhta',
        version: VERSION,
        sessionCookie: secure ? '__Secure-vakhta.session_token' : 'vakhta.session_token',
      }),
      log,
      metrics,
      random,
      readiness: async () => {
        const pending = await pendingMigrations(database.pool, migrationModules).catch(() => undefined);
        if (!pending || nodes.number === undefined) return 'the database is not reachable';
        return pending.length > 0 ? 'the database is not migrated' : '';
      },
      mayReadMetrics: async (request) =>
        isLoopback(request.ip) ||
        ((await authenticate(request.headers))?.principal?.permissions.has('organisation.manage') ?? false),
    });
    const api = createApiServer<Principal, Account>(http, {
      authenticate: (request, reply) => authenticateRequest(authenticate, request, reply),
      publicRequestsPerMinute: PUBLIC_REQUESTS_PER_MINUTE,
      onDisclosure: async ({ principal }, what) => {
        if (principal)
          await database.tenant(principal.organisation, (tx) =>
            noteDataAccess(tx, principal, what, clock.now()),
          );
      },
    });
    const implemented = new Set<unknown>();
    const counting: ApiServer<Account, Principal> = {
      implement(route, handler) {
        implemented.add(route);
        api.implement(route, handler);
      },
    };
    const access = {
      database,
      identity,
      clock,
      guard: new Guard(database, clock),
      auditPerson,
      live: core.liveSockets,
    };
    sessionRoutes(counting, access);
    ownSessionRoutes(counting, access);
    secondFactorRoutes(counting, access);
    passkeyRoutes(counting, access);
    const { hub } = core;
    const hasMail = () => mail.mailer !== undefined;
    signInRoutes(counting, access);
    dataAccessRoutes(counting, { database, memberNames });
    setUpRoutes(counting, { ...access, random, links });
    passwordResetRoutes(counting, { ...access, random, links, hasMail });
    joinRoutes(counting, { ...access, random, links, hub });
    invitationRoutes(counting, {
      database,
      identity,
      clock,
      random,
      links,
      desk,
      hub,
      memberNames,
      hasMail,
    });
    tokenRoutes(counting, { database, clock, random, live: core.liveSockets });
    organisationRoutes(counting, { database, hub });
    memberRoutes(counting, { database, identity, clock, random, hub, live: core.liveSockets });
    siteRoutes(counting, { database, clock, random, hub });
    groupRoutes(counting, { database, clock, random, hub });
    core.implementRoutes(counting);
    deskSettingRoutes(counting, settings);
    casinoRoutes(counting, { database, clock, random, hub, link: core.link, memberNames });
    for (const [name, route] of Object.entries(routes))
      if (!implemented.has(route))
        throw new InternalError('server.route_missing', `the route ${name} has no handler`);

    const upgrades = routeUpgrades(http.server, core, { clock, behindProxy: config.behindProxy });
    undo.push(async () => {
      // No new request is taken; those that run are answered while sockets are told and closed.
      const closed = http.close();
      await core.stop().finally(() => upgrades.close());
      await closed;
    });
    await core.start();
    if (config.tls) undo.push(keepCertificate(http.server, config.tls, deps).stop);
    const casino = startCasino({ database, clock, log, nodes });
    undo.push(() => casino.stop());
    const mirrors = new HallMirrors({ database, clock, random, log, nodes });
    undo.push(() => mirrors.close());
    mirrors.follow(settings.current.casinoMirror);
    settings.onChange((now) => mirrors.follow(now.casinoMirror));
    await listen(http, config);
    const { port } = http.server.address() as AddressInfo;
    url = publicUrl(config, port);
    const mqtt = new CurrentMqtt({ database, hub: core.hub, clock, log, version: VERSION, desk });
    undo.push(() => mqtt.close());
    mqtt.follow(settings.current.mqtt);
    settings.onChange((now) => mqtt.follow(now.mqtt));
    log.info({ event: 'server.started', url, version: VERSION });
    const setUp = (await isEmpty(database)) ? firstOwnerLink(links, desk()) : undefined;
    return { url, setUp, broken: source.embedded?.lost ?? new Promise(() => {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listen(
  http: { listen(options: { host: string; port: number }): Promise<string> },
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<void> {
  try {
    await http.listen({ host, port });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new AppError(
        'server.port_taken',
        `port ${port} of ${host} is taken: set VAKHTA_PORT to another`,
        {
          cause,
        },
      );
    throw cause;
  }
}

async function authenticateRequest(
  authenticate: Authenticate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Account | null> {
  const account = await authenticate(request.headers);
  const renewed = account?.session?.renewed ?? [];
  if (renewed.length > 0) void reply.header('set-cookie', [...renewed]);
  return account;
}

/** A browser can set no header on a WebSocket, so the organisation may stand in the query. */
async function authenticateLive(
  authenticate: Authenticate,
  request: IncomingMessage,
): Promise<Principal | undefined> {
  const organisation = new URL(request.url ?? '', 'http://live').searchParams.get('organisation');
  const account = await authenticate({
    ...request.headers,
    ...(organisation && { [ORGANISATION_HEADER]: organisation }),
  });
  return account?.principal?.permissions.has('things.view') ? account.principal : undefined;
}
