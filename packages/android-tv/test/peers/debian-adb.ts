import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AdbRun {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * The `adb` found on PATH, with a home and a server of its own, so that it neither sees nor disturbs the machine's.
 * Throws when there is none: a peer test that cannot run has failed.
 */
export class DebianAdb {
  readonly home: string;
  readonly #serverPort: number;

  private constructor(home: string, serverPort: number) {
    this.home = home;
    this.#serverPort = serverPort;
  }

  static async start(): Promise<DebianAdb> {
    const adb = new DebianAdb(await mkdtemp(join(tmpdir(), 'peer-adb-')), await freePort());
    const started = await adb.run(['start-server']);
    if (started.code !== 0) throw new Error(`adb start-server failed: ${started.stderr}`);
    return adb;
  }

  async stop(): Promise<void> {
    await this.run(['kill-server']);
    await rm(this.home, { recursive: true });
  }

  async run(args: readonly string[], input: Uint8Array = new Uint8Array(0)): Promise<AdbRun> {
    const child = spawn('adb', args, {
      env: {
        PATH: process.env.PATH,
        HOME: this.home,
        ANDROID_ADB_SERVER_PORT: String(this.#serverPort),
        // Below the first emulator port: the server must not go looking for emulators on this machine.
        ADB_LOCAL_TRANSPORT_MAX_PORT: '5553',
      },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A command that reads no input closes its end first.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const ended = Promise.withResolvers<number | null>();
    child.on('error', (cause) => {
      ended.reject(
        new Error('no adb on PATH: install it (apt-get install adb) to run the peer tests', { cause }),
      );
    });
    child.on('close', ended.resolve);
    const code = await ended.promise;
    return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
  }

  /** What the server says of a device: `device`, `unauthorized`, `offline`, or nothing. */
  async stateOf(serial: string): Promise<string | undefined> {
    const { stdout } = await this.run(['devices']);
    const line = stdout
      .toString()
      .split('\n')
      .find((each) => each.startsWith(`${serial}\t`));
    return line?.split('\t')[1];
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
