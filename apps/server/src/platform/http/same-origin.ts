import type { IncomingHttpHeaders } from 'node:http';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may act by the browser's cookie: it came from our own page. A browser says where a request comes
 * from in Origin or, failing that, in Sec-Fetch-Site; a program that says neither sends no cookie by itself.
 * (OWASP CSRF Prevention, "verifying origin with standard headers")
 */
export function isSameOrigin(headers: IncomingHttpHeaders, host: string): boolean {
  const { origin } = headers;
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a request needs to be from our own page at all: it changes something, and not by an API token. */
export const actsByCookie = (method: string, headers: IncomingHttpHeaders): boolean =>
  !SAFE.has(method) && headers.authorization === undefined;
