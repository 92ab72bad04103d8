import type { FastifyReply } from 'fastify';

export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) void reply.header('set-cookie', [...cookies]);
}

/** The Cookie header that a browser sends after these Set-Cookie headers. */
export const cookieOf = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
