import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { InternalError, type Random, seconds } from '@vakhta/kernel';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import * as z from 'zod';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { readSecureContext, type TlsFiles } from '../tls/secure-context.ts';
import { DATA_POLICY } from './content-security-policy.ts';
import { answerErrors } from './error-answers.ts';
import { fieldProblem, type RequestPart } from './field-problem.ts';
import { HttpProblem } from './http-problem.ts';
import { isNavigation, servePanel } from './panel.ts';
import { actsByCookie, isSameOrigin } from './same-origin.ts';

/** A command to a thousand things, a configuration: far below this. Pictures come by the link, not here. */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** Of one address, which may be a whole office's: far above what people and their panels ask for. */
const REQUESTS_PER_MINUTE = 60_000;

export interface HttpServerOptions {
  tls: TlsFiles | undefined;
  /** DER of the desk's own authority, where it has one: what browsers and phones are made to trust. */
  authority?: Buffer | undefined;
  behindProxy: boolean;
  /** Of the built panel. */
  panel: string;
  /** What /api/openapi.json answers. */
  openApi: object;
  log: Log;
  metrics: Metrics;
  random: Random;
  /** What keeps the server from serving, if anything: '' when it is ready. */
  readiness(): Promise<string>;
  /** Whether this request may read the metrics. */
  mayReadMetrics(request: FastifyRequest): Promise<boolean>;
}

/** The HTTP server with everything that is the same for all routes; the API's routes are added by the caller. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { tls, behindProxy, log, metrics } = options;
  const secure = tls !== undefined || behindProxy;
  const loggerInstance: FastifyBaseLogger = log;
  const http: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    // One hop: a client may send an X-Forwarded-For of its own, the proxy adds the true one last.
    trustProxy: behindProxy ? (_address, hop) => hop === 0 : false,
    serverFactory: await nodeServerFactory(tls),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  http.setValidatorCompiler(compileValidator);
  http.setSerializerCompiler(compileSerializer);
  // JSON only: a form of another site can send text/plain without asking the browser first.
  http.removeContentTypeParser('text/plain');
  answerErrors(http);

  await http.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await http.register(compress, { threshold: 1024 });
  await http.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: () => new HttpProblem('too_many_requests', 'too many requests; wait a minute'),
  });
  http.addHook('onRequest', async (request, reply) => {
    void reply.header('content-security-policy', DATA_POLICY);
    if (actsByCookie(request.method, request.headers) && !isSameOrigin(request.headers, request.host))
      throw new HttpProblem('forbidden', 'this request comes from another site');
  });
  http.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observeRequest(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    // By the route's own name: an address may hold what a person typed.
    log.debug({
      event: 'http.answered',
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });

  const sendPage = await servePanel(http, options.panel, options.random);
  http.setNotFoundHandler((request, reply) => {
    if (isNavigation(request)) return sendPage(request, reply);
    throw new HttpProblem('not_found', `there is no ${request.method} ${request.url.split('?', 1)[0]}`);
  });
  serveOwnState(http, options);
  return http;
}

/** Plain, or with TLS from the given files. */
async function nodeServerFactory(
  tls: HttpServerOptions['tls'],
): Promise<(handler: RequestListener) => Server> {
  const limits = { requestTimeout: seconds(30), headersTimeout: seconds(15) };
  if (!tls) return (handler) => createServer(limits, handler);
  const context = await readSecureContext(tls);
  return (handler) => createTlsServer({ ...limits, ...context }, handler);
}

function serveOwnState(
  http: FastifyInstance,
  { metrics, readiness, mayReadMetrics, openApi, authority }: HttpServerOptions,
): void {
  const unlimited = { config: { rateLimit: false } };
  http.get('/healthz', unlimited, async () => ({ status: 'alive' }));
  http.get('/readyz', unlimited, async (_request, reply) => {
    const problem = await readiness();
    if (problem === '') return { status: 'ready' };
    return reply.code(503).send(new HttpProblem('unavailable', problem).toBody());
  });
  http.get('/metrics', unlimited, async (request, reply) => {
    if (!(await mayReadMetrics(request)))
      throw new HttpProblem('forbidden', 'ask from this machine, or with a token of an owner');
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  http.get('/api/openapi.json', unlimited, async () => openApi);
  if (authority)
    http.get('/authority.crt', async (_request, reply) =>
      reply.type('application/x-x509-ca-cert').send(authority),
    );
}

/** Refuses with our own problem, so that each broken rule is told in the API's form. */
const compileValidator = ({ schema, httpPart }: { schema: unknown; httpPart?: string }) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError('routes are declared with zod schemas');
  return (data: unknown) => {
    const parsed = schema.safeParse(data, { reportInput: true });
    return parsed.success
      ? { value: parsed.data }
      : { error: fieldProblem(parsed.error, httpPart as RequestPart | undefined) };
  };
};

/** An answer that is not what its route declares is our bug: it is not sent. */
const compileSerializer = ({ schema, method, url }: { schema: unknown; method: string; url: string }) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError('routes are declared with zod schemas');
  return (answer: unknown): string => {
    const checked = schema.safeParse(answer);
    if (!checked.success)
      throw new InternalError('http.wrong_answer', `${method} ${url} answers what it does not declare`, {
        context: { issues: checked.error.issues.slice(0, 3) },
      });
    return JSON.stringify(checked.data);
  };
};
