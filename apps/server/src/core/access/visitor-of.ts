import type { FastifyRequest } from 'fastify';
import type { Visitor } from '../../platform/identity/visitor.ts';

/** Where a request comes from, for the sessions it begins and the history of signing in. */
export const visitorOf = ({ ip, headers }: FastifyRequest): Visitor => ({
  address: ip,
  device: headers['user-agent'] ?? '',
});

/** The address at which the browser has the desk open: what its passkeys belong to. */
export const originOf = ({ protocol, host }: FastifyRequest): URL => new URL(`${protocol}://${host}`);
