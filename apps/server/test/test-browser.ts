import type { RouteDeclaration } from '@vakhta/api';

/** What a browser does with the desk, as far as cookies go: keeps those it is given and sends them along. */
export class TestBrowser {
  readonly #jar = new Map<string, string>();
  readonly #url: string;
  readonly #device: string;

  constructor(url: string, device = 'TestBrowser/1') {
    this.#url = url;
    this.#device = device;
  }

  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** A copy of what it holds, as somebody who stole the cookies has. */
  stolen(): TestBrowser {
    const thief = new TestBrowser(this.#url, 'Thief/1');
    for (const [name, value] of this.#jar) thief.#jar.set(name, value);
    return thief;
  }

  async ask(
    route: RouteDeclaration,
    request: { body?: unknown; params?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => request.params?.[name] ?? '');
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method: route.method,
      headers: {
        'user-agent': this.#device,
        ...(this.#jar.size > 0 && { cookie: this.cookie }),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** The answer of a route that must succeed. */
  async get<R extends RouteDeclaration & { response: { parse(value: unknown): unknown } }>(
    route: R,
    request: { body?: unknown; params?: Record<string, string> } = {},
  ): Promise<ReturnType<R['response']['parse']>> {
    const response = await this.ask(route, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${route.method} ${route.path}: ${response.status} ${text}`);
    return route.response.parse(JSON.parse(text)) as ReturnType<R['response']['parse']>;
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(/;\s*/);
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (attributes.some((one) => /^max-age=0$/i.test(one))) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

/** Status and error code, which is what a refusal is judged by. */
export async function refusalOf(response: Response): Promise<[status: number, code: string | undefined]> {
  const body = (await response.json().catch(() => undefined)) as { error?: { code?: string } } | undefined;
  return [response.status, body?.error?.code];
}
