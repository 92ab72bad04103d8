import type { Clock, Random } from '@vakhta/kernel';
import type { AdbPublicKey } from '../../adb/key.ts';
import {
  type AdbdFault,
  type AdbdHost,
  type AdbdServer,
  adbdProfiles,
  MemoryFiles,
  startAdbd,
} from '../adbd/index.ts';
import type { Session } from '../shell/program.ts';
import { runShell } from '../shell/tv-shell.ts';
import type { SimulatedTv } from '../tv/simulated-tv.ts';

/**
 * What happens when a key is not known yet: `allow` takes it at once, `ask` shows the dialog until somebody accepts,
 * `reject` is a person who pressed Cancel.
 */
export type AuthorisationPolicy = 'allow' | 'ask' | 'reject';

const storageOfPushes = 512 * 1024 * 1024;

/** A simulated TV at its place: the machine, its adbd on a port, its mains and its cable. */
export class FleetTv {
  readonly tv: SimulatedTv;
  policy: AuthorisationPolicy;
  readonly #session: Session;
  readonly #knownKeys = new Map<string, AdbPublicKey>();
  readonly #clock: Clock;
  readonly #random: Random;
  #asked: { key: AdbPublicKey; accept: () => void }[] = [];
  #server: AdbdServer | undefined;
  #fault: AdbdFault = 'none';
  #settling: Promise<void> = Promise.resolve();

  constructor(options: { tv: SimulatedTv; policy: AuthorisationPolicy; clock: Clock; random: Random }) {
    this.tv = options.tv;
    this.policy = options.policy;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#session = {
      tv: options.tv,
      files: new MemoryFiles({ clock: options.clock, capacity: storageOfPushes }),
      inputLine: { last: Promise.resolve() },
    };
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  get fault(): AdbdFault {
    return this.#fault;
  }

  get connections(): number {
    return this.#server?.connections.length ?? 0;
  }

  /** @throws Error where the port is taken. */
  async start(port: number, address: string): Promise<void> {
    this.#server = await startAdbd({
      host: this.#host(),
      port,
      address,
      clock: this.#clock,
      random: this.#random,
      profile: adbdProfiles[this.tv.profile.adbd],
    });
    this.tv.onPhase(() => void this.#settle());
  }

  async stop(): Promise<void> {
    this.tv.stop();
    await this.#settling;
    await this.#server?.stop();
  }

  /** Breaks or mends the wire, beside what mains and cable do to it. */
  setFault(fault: AdbdFault): Promise<void> {
    this.tv.record('fault', { fault });
    this.#fault = fault;
    return this.#settle();
  }

  /** Ends all connections. */
  drop(how: 'close' | 'reset'): void {
    this.tv.record('fault', { drop: how });
    this.#server?.drop(how);
  }

  /** Somebody chooses "Always allow" on the screen; says whether there was a question. */
  acceptKeys(): boolean {
    const asked = this.#asked;
    this.#asked = [];
    this.tv.dialog = undefined;
    for (const { key, accept } of asked) {
      this.#knownKeys.set(key.encoded, key);
      accept();
    }
    return asked.length > 0;
  }

  forgetKeys(): void {
    this.#knownKeys.clear();
  }

  /**
   * What mains and cable make of the wire. Without mains nothing listens; with a pulled cable TCP stays up on both
   * sides and nothing arrives, until it is plugged in again.
   */
  #settle(): Promise<void> {
    this.#settling = this.#settling.then(async () => {
      const { tv } = this;
      if (!tv.isRunning) {
        await this.#server?.setFault('refuse');
        // On a restart adbd itself ends its connections once it has taken the request.
        if (!tv.hasMains) this.#server?.drop('reset');
      } else {
        await this.#server?.setFault(tv.cablePlugged ? this.#fault : 'stall');
      }
    });
    return this.#settling;
  }

  #host(): AdbdHost {
    const { tv } = this;
    const { product, model, device } = tv.profile;
    return {
      banner: { product, model, device },
      files: this.#session.files,
      run: (command, io) => runShell(this.#session, command, io),
      reboot: () => tv.reboot(),
      knownKeys: () => this.#knownKeys.values(),
      authorise: (key) => {
        if (this.policy === 'reject') return 'rejected';
        if (this.policy === 'allow') this.#knownKeys.set(key.encoded, key);
        return this.#knownKeys.has(key.encoded) ? 'known' : 'unknown';
      },
      onUnknownKey: (key, accept) => {
        this.#asked.push({ key, accept });
        tv.dialog = 'РАЗРЕШИТЬ ОТЛАДКУ?';
      },
    };
  }
}
