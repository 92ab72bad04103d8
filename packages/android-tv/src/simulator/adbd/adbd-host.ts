import type { AdbPublicKey } from '../../adb/key.ts';
import type { AdbdFiles } from './adbd-files.ts';

/** What a command printed, and how it ended. Bytes are sent as they are, text as UTF-8 with `\n`. */
export interface AdbdCommandResult {
  readonly stdout: string | Uint8Array;
  readonly stderr?: string;
  readonly exitCode: number;
}

export interface AdbdCommandIo {
  /** Ends when the client closes its side; a command that reads none may ignore it. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Aborted when the client closes the stream or goes away: nobody waits for the answer. */
  readonly signal: AbortSignal;
}

/** What the wire asks of the simulated machine. The wire knows bytes and streams; all else is the machine's. */
export interface AdbdHost {
  readonly banner: { readonly product: string; readonly model: string; readonly device: string };
  /**
   * Does what a shell would with the command line, as one whole: clients of the legacy shell append
   * `; echo __RC=$?` to learn the exit code. An empty command is an interactive shell, its input is `stdin`.
   */
  run(command: string, io: AdbdCommandIo): Promise<AdbdCommandResult>;
  readonly files: AdbdFiles;
  /** `target` is empty for a plain restart, else `bootloader`, `recovery`, …; the wire drops every client afterwards. */
  reboot(target: string): void;
  /** Whether a key is known; a rejected one gets no dialog, as after "Cancel" on the screen: silence. */
  authorise(publicKey: AdbPublicKey): 'known' | 'unknown' | 'rejected';
  /** The dialog on the screen; `accept` lets the waiting client in if it is still there, and may be called late. */
  onUnknownKey(publicKey: AdbPublicKey, accept: () => void): void;
  /**
   * The keys on the machine's disk. A signature names no key, so the wire can only check it against these and the
   * keys it has met; without them a client of a known key is let in by its public key, one round later.
   */
  knownKeys?(): Iterable<AdbPublicKey>;
}
