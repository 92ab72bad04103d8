import { AppError } from '@vakhta/kernel';
import { ErrorBody } from './errors.ts';
import type { RouteDeclaration, RouteRequest, RouteResponse } from './route.ts';

/** An answer of the API other than success. `status` 0: the server was not reached. */
export class ApiError extends AppError {
  readonly status: number;
  readonly field: string | undefined;
  readonly rule: string | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    detail: { field?: string; rule?: string; cause?: unknown },
  ) {
    super(code, message, { retry: status === 0 || status >= 500 ? 'safe' : 'never', cause: detail.cause });
    this.status = status;
    this.field = detail.field;
    this.rule = detail.rule;
  }
}

export interface ClientOptions {
  /** Where the server is, without the path: 'https://desk.example'; '' for the page's own. */
  server: string;
  /** An API token; a browser uses its session cookie instead. */
  token?: string;
  /** The organisation to act in, where the caller belongs to several. */
  organisation?: () => string | undefined;
  fetch?: typeof globalThis.fetch;
}

type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };

/** Calls declared routes with typed requests and answers; throws `ApiError` for every other outcome. */
export interface ApiClient {
  /** The answer's body, parsed by the route's schema. */
  call<R extends RouteDeclaration>(route: R, ...request: Asked<R>): Promise<RouteResponse<R>>;
  /** The answer itself, for what is no JSON: a picture, a CSV file. */
  fetch<R extends RouteDeclaration>(route: R, ...request: Asked<R>): Promise<Response>;
}

/** How a route is asked: what it needs can not be left out. */
export type Asked<R extends RouteDeclaration> =
  Record<string, never> extends RouteRequest<R>
    ? [request?: RouteRequest<R>, options?: { signal?: AbortSignal }]
    : [request: RouteRequest<R>, options?: { signal?: AbortSignal }];

export function createClient(options: ClientOptions): ApiClient {
  const { server, token, organisation, fetch = globalThis.fetch } = options;
  const client: ApiClient = {
    async fetch(route, ...[request, callOptions]) {
      const { params = {}, query = {}, body } = (request ?? {}) as Loose;
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(params[name])),
      );
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query))
        if (value !== undefined) search.set(name, String(value));
      const org = organisation?.();
      const response = await fetch(`${server}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`, {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(org && { 'x-vakhta-organisation': org }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: callOptions?.signal ?? null,
      }).catch((cause: unknown) => {
        callOptions?.signal?.throwIfAborted();
        throw new ApiError(0, 'unreachable', 'the server was not reached', { cause });
      });
      if (!response.ok) throw await toApiError(response);
      return response;
    },
    async call(route, ...asked) {
      const response = await client.fetch(route, ...asked);
      if (!route.response) return undefined as RouteResponse<typeof route>;
      return route.response.parse(await response.json()) as RouteResponse<typeof route>;
    },
  };
  return client;
}

async function toApiError(response: Response): Promise<ApiError> {
  const parsed = ErrorBody.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) return new ApiError(response.status, 'internal', `HTTP ${response.status}`, {});
  const { code, message, field, rule } = parsed.data.error;
  return new ApiError(response.status, code, message, { ...(field && { field }), ...(rule && { rule }) });
}
