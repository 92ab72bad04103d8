import type { FastifyError, FastifyInstance } from 'fastify';
import pg from 'pg';
import { HttpProblem } from './http-problem.ts';

/** Answers every error in the API's one form; what we do not expect is logged and told as 'internal' only. */
export function answerErrors(http: FastifyInstance): void {
  http.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500)
      request.log.error({ event: 'http.failed', err: error, route: request.routeOptions.url });
    if (problem.status === 503) void reply.header('retry-after', '2');
    return reply
      .code(problem.status)
      .type('application/json')
      .serializer(JSON.stringify)
      .send(problem.toBody());
  });
}

function toProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof pg.DatabaseError) return fromDatabase(error);
  if (isConnectionError(error))
    return new HttpProblem('unavailable', 'the database is not reachable', { cause: error });
  if (isFastifyError(error)) return fromFastify(error);
  return internal(error);
}

const internal = (cause: unknown) =>
  new HttpProblem('internal', 'something broke; it is in the log', { cause });

/** SQLSTATE (PostgreSQL documentation, appendix A). */
function fromDatabase(error: pg.DatabaseError): HttpProblem {
  const code = error.code ?? '';
  if (code === '23505')
    return new HttpProblem('conflict', 'there is one like it already', { rule: 'unique', cause: error });
  if (code === '23503')
    return new HttpProblem('in_use', 'something else still refers to it', { cause: error });
  // A cursor that was tampered with, a NUL character: nothing that a table could hold.
  if (code.startsWith('22'))
    return new HttpProblem('bad_request', 'a value that can not be', { cause: error });
  if (/^(08|53|57)/.test(code))
    return new HttpProblem('unavailable', 'the database is not reachable', { cause: error });
  return internal(error);
}

const CONNECTION_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

const isConnectionError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  CONNECTION_ERRORS.has(error.code);

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';

function fromFastify(error: FastifyError): HttpProblem {
  const status = error.statusCode ?? 500;
  if (status === 413) return new HttpProblem('too_large', error.message, { cause: error });
  if (status === 404) return new HttpProblem('not_found', error.message, { cause: error });
  if (status >= 400 && status < 500) return new HttpProblem('bad_request', error.message, { cause: error });
  return internal(error);
}
