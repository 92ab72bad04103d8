import type {
  Access,
  ParsedRequest,
  Permission,
  PersonalData,
  RouteDeclaration,
  RouteResponse,
} from '@vakhta/api';
import { UsageError } from '@vakhta/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.ts';

/** Where every declared route lies. */
export const API_PREFIX = '/api/v1';

/** Who is asking, as far as the API server must know; `null` principal: signed in, but a member of nothing. */
export interface AccountOf<Principal> {
  readonly principal: Principal | null;
  /** Null where an API token was given. */
  readonly session: object | null;
  /** Why there is no principal, where there is more to say than that this is no member. */
  readonly refusal?: HttpProblem;
}

/** What a handler knows about the caller, by what its route declares. */
export type Caller<R extends RouteDeclaration, Account, Principal> = R['access'] extends 'public'
  ? unknown
  : R['access'] extends 'signed-in' | 'session'
    ? { account: Account }
    : { account: Account; principal: Principal };

export type Handler<R extends RouteDeclaration, Account, Principal> = (
  request: ParsedRequest<R> & Caller<R, Account, Principal> & { raw: FastifyRequest; reply: FastifyReply },
) => Promise<RouteResponse<R>>;

/** Turns declarations of packages/api into routes. */
export interface ApiServer<Account, Principal> {
  /**
   * Serves `route` by `handler`. The access it declares is checked before the body is read; what it declares as
   * params, query and body is parsed; what the handler gives is checked against the declared response. A route whose
   * response has no schema (a picture) is sent by the handler through `reply`.
   */
  implement<R extends RouteDeclaration>(route: R, handler: Handler<R, Account, Principal>): void;
}

export interface ApiServerOptions<Account> {
  /**
   * Who sends this request; null for nobody. Throws `HttpProblem` for credentials that are no good. May prolong a
   * session by way of `reply`.
   */
  authenticate: (request: FastifyRequest, reply: FastifyReply) => Promise<Account | null>;
  /** Told before an answer goes out that tells of other people. */
  onDisclosure: (account: Account, what: PersonalData) => Promise<void>;
  /** Requests a minute from one address to a route that anybody may call. */
  publicRequestsPerMinute: number;
}

export function createApiServer<
  Principal extends { readonly permissions: ReadonlySet<Permission> },
  Account extends AccountOf<Principal>,
>(http: FastifyInstance, options: ApiServerOptions<Account>): ApiServer<Account, Principal> {
  const accounts = new WeakMap<FastifyRequest, Account>();

  const admit = async (request: FastifyRequest, reply: FastifyReply, access: Access): Promise<void> => {
    if (access === 'public') return;
    const account = await options.authenticate(request, reply);
    if (!account) throw new HttpProblem('not_signed_in', 'sign in, or send an API token');
    if (access === 'session' && !account.session)
      throw new HttpProblem('forbidden', 'an API token has no session; sign in');
    if (access !== 'signed-in' && access !== 'session' && !account.principal?.permissions.has(access))
      throw account.refusal ?? new HttpProblem('forbidden', `this needs the permission ${access}`);
    accounts.set(request, account);
  };

  return {
    implement(route, handler) {
      if (!route.response && !route.produces && route.status !== 204)
        throw new UsageError('http.no_response', `${route.method} ${route.path} declares nothing to answer`);
      http.route({
        method: route.method,
        url: API_PREFIX + route.path.replace(/\{(\w+)\}/g, ':$1'),
        schema: schemaOf(route),
        ...(route.access === 'public' && {
          config: { rateLimit: { max: options.publicRequestsPerMinute, timeWindow: '1 minute' } },
        }),
        // After the rate limit, before the body.
        preParsing: (request, reply) => admit(request, reply, route.access),
        handler: async (request, reply) => {
          const account = accounts.get(request);
          reply.code(route.status ?? 200);
          if (route.produces) reply.type(route.produces);
          // What was parsed and who was admitted is what the declaration says; the compiler cannot follow it here.
          const given = {
            params: request.params,
            query: request.query,
            body: request.body,
            account,
            principal: account?.principal,
            raw: request,
            reply,
          } as Parameters<typeof handler>[0];
          const answer: unknown = await handler(given);
          if (route.discloses && account) await options.onDisclosure(account, route.discloses);
          if (route.status === 204) return reply.send();
          return answer === undefined ? reply : answer;
        },
      });
    },
  };
}

function schemaOf(route: RouteDeclaration) {
  const status = route.status ?? 200;
  return {
    summary: route.summary,
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.response && { response: { [status]: route.response } }),
  };
}
