import { ApiError, agentRoutes, createClient } from '@vakhta/api';
import { AppError, UsageError } from '@vakhta/kernel';
import { generateSigningKey } from '@vakhta/link';
import { Identity, isEnrolled, writeIdentity } from './identity.ts';

export interface EnrolOptions {
  /** Where the server is: 'https://desk.example'. */
  server: string;
  /** The one-time token from the panel. */
  token: string;
  directory: string;
  /** PEM of the only authority to believe. */
  authority?: string;
  /** Take the place of an identity that is there already. */
  replace?: boolean;
  fetch?: typeof globalThis.fetch;
}

/**
 * Trades a one-time token for an identity: makes a key, tells the server its public half, keeps what it answers. Throws
 * `UsageError` for what the operator can mend, `AppError` when the server was not reached or refused.
 */
export async function enrol(options: EnrolOptions): Promise<Identity> {
  const { token, directory, authority, replace = false, fetch } = options;
  const server = serverAddress(options.server);
  if (isEnrolled(directory) && !replace)
    throw new UsageError(
      'agent.already_enrolled',
      `${directory} already holds the identity of an agent; --replace gives it up for a new one`,
    );
  const { key, pem } = generateSigningKey();
  const client = createClient({ server, ...(fetch && { fetch }) });
  const answer = await client
    .call(agentRoutes.enrolAgent, { body: { token, publicKey: key.publicKey } })
    .catch((error: unknown) => {
      throw refusal(error, server);
    });
  const identity = Identity.safeParse({ server, ...answer, authority });
  if (!identity.success)
    throw new AppError('agent.enrol_answer', `${server} answered, but not as a Vakhta server does`, {
      cause: identity.error,
    });
  writeIdentity(directory, identity.data, pem);
  return identity.data;
}

function serverAddress(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new UsageError('agent.bad_server', `'${text}' is not an address like https://desk.example`);
  return text.replace(/\/+$/, '');
}

function refusal(error: unknown, server: string): Error {
  if (!(error instanceof ApiError))
    return new AppError('agent.enrol_answer', `${server} answered, but not as a Vakhta server does`, {
      cause: error,
    });
  if (error.status === 0) {
    const why = innermost(error);
    return new AppError('agent.unreachable', `${server} was not reached: ${why}`, {
      cause: error,
      retry: 'after',
    });
  }
  return new AppError(
    'agent.enrol_refused',
    `${server} refused the enrolment: ${error.message} (${error.code})`,
    {
      cause: error,
    },
  );
}

/** `fetch` says "fetch failed"; what failed is in its causes. */
function innermost(error: Error): string {
  let inner = error;
  while (inner.cause instanceof Error) inner = inner.cause;
  return inner.message;
}
