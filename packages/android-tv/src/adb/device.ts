import { type Clock, type Duration, type Instant, minutes, seconds } from '@vakhta/kernel';
import { AdbError } from './adb-error.ts';
import type { AdbBanner } from './banner.ts';
import { Connection } from './connection.ts';
import { handshake } from './handshake.ts';
import type { AdbKey } from './key.ts';
import { Output } from './output.ts';
import { runService, withService } from './service.ts';
import { runShell, type ShellResult } from './shell.ts';
import { pullFile, pushFile, statFile } from './sync.ts';
import type { AdbFileStat } from './sync-protocol.ts';
import { connectSocket, Transport } from './transport.ts';

const mebibyte = 1024 * 1024;

/** What holds where the caller sets nothing. */
const defaults = {
  connect: seconds(5),
  auth: seconds(10),
  pairing: minutes(5),
  stall: seconds(10),
  shell: seconds(30),
  file: minutes(5),
  reboot: seconds(10),
  /** `dumpsys audio` and `dumpsys window` can be hundreds of kilobytes. */
  shellBytes: 2 * mebibyte,
  /** A raw picture of a 4K plane is 33 MB. */
  execBytes: 64 * mebibyte,
  fileBytes: 256 * mebibyte,
  fileMode: 0o644,
} as const;

export interface AdbCommandOptions {
  /** How long the command may take; then its stream is closed and the call rejects with adb.deadline. */
  readonly deadline?: Duration;
  /** Output beyond this ends the command with adb.too_large. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface AdbShellOptions extends AdbCommandOptions {
  /** The command takes care itself that it has no input (`exec </dev/null`): the device then need not be told. */
  readonly readsNothing?: boolean;
}

/**
 * A device we are authorised at. All calls may run at once over the one connection; a call that fails leaves the
 * others alone, unless the connection itself has ended (adb.closed, adb.stalled, adb.protocol).
 *
 * Everything rejects with `AdbError`, or with the reason of an aborted `signal`.
 */
export interface AdbDevice {
  readonly banner: AdbBanner;
  /** Runs a command line with no input. Quoting is the caller's: never put a user's text into it. */
  shell(command: string, options?: AdbShellOptions): Promise<ShellResult>;
  /** Runs a command and gives its raw output; there is no exit code. Old devices refuse it (adb.refused). */
  exec(command: string, options?: AdbCommandOptions): Promise<Uint8Array>;
  /** Writes a file; directories are made by the device where it can. */
  push(
    path: string,
    content: Uint8Array,
    options?: { mode?: number; mtime?: Instant; deadline?: Duration },
  ): Promise<void>;
  pull(path: string, options?: { deadline?: Duration; maxBytes?: number }): Promise<Uint8Array>;
  /** `undefined`: nothing is there. */
  stat(path: string, options?: { deadline?: Duration }): Promise<AdbFileStat | undefined>;
  /** Asks for a restart; resolves when the device has taken the request, which ends the connection. */
  reboot(): Promise<void>;
  /** Resolves when the connection ends: with its error, or with nothing after `close`. */
  readonly closed: Promise<AdbError | undefined>;
  close(): Promise<void>;
}

export interface AdbConnectOptions {
  readonly host: string;
  readonly port: number;
  /** Tried in order; the first is the one a person is asked to accept. */
  readonly keys: readonly AdbKey[];
  readonly clock: Clock;
  readonly timeouts?: {
    /** For TCP to be accepted. */
    readonly connect?: Duration;
    /** For the device's part of the handshake. */
    readonly auth?: Duration;
    /** For a person to accept the key on the screen. */
    readonly pairing?: Duration;
    /** For the device to answer a packet that needs an answer, and to take what we send. */
    readonly stall?: Duration;
  };
  /** Called once when the device waits for somebody to accept our key on its screen. */
  readonly onAuthorisationPending?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Connects to the adbd of a device (TCP, usually port 5555) and proves who we are.
 *
 * @throws AdbError adb.connect_refused, adb.connect_timeout, adb.unreachable, adb.auth_timeout, adb.unauthorized,
 * adb.protocol, adb.closed; the signal's reason.
 */
export async function connectAdb(options: AdbConnectOptions): Promise<AdbDevice> {
  const { host, port, clock, signal } = options;
  const { connect, auth, pairing, stall } = options.timeouts ?? {};
  const socket = await connectSocket(host, port, clock, connect ?? defaults.connect, signal);
  const transport = new Transport(socket, clock, stall ?? defaults.stall);
  try {
    const agreement = await handshake(transport, {
      keys: options.keys,
      clock,
      auth: auth ?? defaults.auth,
      pairing: pairing ?? defaults.pairing,
      onAuthorisationPending: options.onAuthorisationPending,
      signal,
    });
    return deviceOver(new Connection(transport, agreement), clock);
  } catch (error) {
    transport.end(
      error instanceof AdbError ? error : new AdbError('adb.closed', 'given up', { cause: error }),
    );
    throw error;
  }
}

function deviceOver(connection: Connection, clock: Clock): AdbDevice {
  const limits = (deadline: Duration | undefined, otherwise: Duration, signal?: AbortSignal) => ({
    clock,
    deadline: deadline ?? otherwise,
    signal,
  });
  return {
    banner: connection.agreement.banner,
    closed: connection.closed,

    shell: (command, { deadline, maxBytes = defaults.shellBytes, signal, readsNothing = false } = {}) =>
      runShell(connection, command, { maxBytes, readsNothing }, limits(deadline, defaults.shell, signal)),

    exec: async (command, { deadline, maxBytes = defaults.execBytes, signal } = {}) => {
      const output = new Output(maxBytes);
      const limit = limits(deadline, defaults.shell, signal);
      await runService(connection, `exec:${command}`, limit, (chunk) => output.add(chunk));
      return output.bytes();
    },

    push: (path, content, { mode = defaults.fileMode, mtime = clock.now(), deadline } = {}) =>
      pushFile(connection, path, content, { mode, mtime }, limits(deadline, defaults.file)),

    pull: (path, { deadline, maxBytes = defaults.fileBytes } = {}) =>
      pullFile(connection, path, maxBytes, limits(deadline, defaults.file)),

    stat: (path, { deadline } = {}) => statFile(connection, path, limits(deadline, defaults.shell)),

    // The device does not close the stream: it goes away. That it opened it is its word.
    reboot: () =>
      withService(
        connection,
        'reboot:',
        limits(undefined, defaults.reboot),
        ({ stream }) => stream.opened,
        () => {},
      ),

    close: async () => {
      connection.close();
      await connection.closed;
    },
  };
}
