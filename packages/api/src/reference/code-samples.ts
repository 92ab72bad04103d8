import type { Json } from '@vakhta/kernel';
import type { RouteDeclaration } from '../route.ts';
import { type ExampleRequest, exampleRequest } from './example-request.ts';

export interface CodeSample {
  lang: string;
  label: string;
  source: string;
}

/** The same request by curl and by the SDK. */
export function codeSamples(name: string, route: RouteDeclaration): CodeSample[] {
  const request = exampleRequest(name, route);
  return [
    { lang: 'Shell', label: 'curl', source: curl(route, request) },
    { lang: 'TypeScript', label: 'SDK', source: sdk(name, route, request) },
  ];
}

/** `$DESK` is the server's address, `$TOKEN` an API token; `cookies.txt` holds a session where a token has no say. */
function curl(route: RouteDeclaration, { params = {}, query = {}, body }: ExampleRequest): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, field: string) =>
    encodeURIComponent(params[field] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(query)) search.set(field, String(value));
  const address = `"$DESK/api/v1${path}${search.size > 0 ? `?${search}` : ''}"`;
  const parts = [
    ...(route.method === 'GET' ? [] : [`-X ${route.method}`]),
    ...(route.access === 'session' ? ['-b cookies.txt'] : []),
    ...(route.access === 'session' || route.access === 'public' ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
    ...(route.produces && !route.response ? ['-o answer'] : []),
    address,
  ];
  return `curl ${parts.join(' \\\n  ')}`;
}

/** For a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function sdk(name: string, route: RouteDeclaration, request: ExampleRequest): string {
  if (name === 'actOnThing')
    return `const command = await desk.act(${[request.params?.thing, request.params?.action, request.body]
      .map((value) => literal(value ?? null))
      .join(', ')});\nconsole.log(command.state);`;
  if (name === 'createCommands')
    return `const commands = await desk.actOnMany(${literal(request.body ?? {})});\nconsole.log(commands.map(({ state }) => state));`;
  const args = Object.keys(request).length > 0 ? `, ${literal(request as Json)}` : '';
  const call = `routes.${name}${args}`;
  if (isPaged(route)) return `for await (const item of desk.each(${call}))\n  console.log(item);`;
  if (!route.response)
    return route.produces
      ? `const response = await desk.fetch(${call});\nconst file = await response.blob();`
      : `await desk.call(${call});`;
  return `const answer = await desk.call(${call});\nconsole.log(answer);`;
}

const isPaged = (route: RouteDeclaration): boolean =>
  route.query !== undefined && 'cursor' in route.query.shape;

/** As a person writes it in TypeScript: names bare, short objects on one line. */
function literal(value: Json, indent = ''): string {
  if (typeof value === 'string') return quotedString(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, inner))
    : Object.entries(value).map(([name, part]) => `${key(name)}: ${literal(part, inner)}`);
  const [open, close, pad] = Array.isArray(value) ? ['[', ']', ''] : ['{', '}', ' '];
  if (parts.length === 0) return open + close;
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  if (line.length + indent.length <= 60 && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},`).join('\n')}\n${indent}${close}`;
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quotedString(name));
const quotedString = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
