import { type Clock, type Duration, withDeadline } from '@vakhta/kernel';
import { AdbError } from './adb-error.ts';
import type { Connection } from './connection.ts';
import type { AdbStream } from './stream.ts';

export interface ServiceLimits {
  readonly clock: Clock;
  readonly deadline: Duration;
  readonly signal?: AbortSignal;
}

/**
 * Opens `service`, lets `use` talk to it and closes it whatever happens: when `use` is done, at the deadline, when
 * the signal is aborted. The connection and its other streams live on.
 *
 * @throws AdbError adb.deadline and the stream's own ends; the signal's reason.
 */
export function withService<T>(
  connection: Connection,
  service: string,
  { clock, deadline, signal }: ServiceLimits,
  use: (service: { stream: AdbStream; ended: Promise<void> }) => Promise<T>,
  onData: (chunk: Uint8Array) => void,
): Promise<T> {
  const name = service.slice(0, 80);
  const onTimeout = () =>
    new AdbError('adb.deadline', 'the device took longer than allowed', {
      context: { service: name, deadline },
    });
  return withDeadline(
    clock,
    deadline,
    async (aborted) => {
      aborted.throwIfAborted();
      const end = Promise.withResolvers<void>();
      end.promise.catch(() => {});
      const stream = connection.open(service, {
        onData,
        onEnd: (error) => (error ? end.reject(error) : end.resolve()),
      });
      const stop = () => {
        stream.close();
        end.reject(aborted.reason);
      };
      aborted.addEventListener('abort', stop, { once: true });
      try {
        return await use({ stream, ended: end.promise });
      } finally {
        stream.close();
      }
    },
    onTimeout,
    signal,
  );
}

/** Opens `service`, sends `input` if there is any, and waits until the device closes it. */
export const runService = (
  connection: Connection,
  service: string,
  limits: ServiceLimits,
  onData: (chunk: Uint8Array) => void,
  input?: Uint8Array,
): Promise<void> =>
  withService(
    connection,
    service,
    limits,
    ({ stream, ended }) => {
      if (input) stream.write(input).catch(() => {});
      return ended;
    },
    onData,
  );
