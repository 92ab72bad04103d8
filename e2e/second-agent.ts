import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VAKHTA = join(import.meta.dirname, '..', 'node_modules', '.bin', 'vakhta');

/** Another mini-PC: a real agent process with a data directory of its own. */
export class SecondAgent {
  readonly #directory = mkdtempSync(join(tmpdir(), 'vakhta-e2e-agent-'));
  #process: ChildProcess | undefined;

  /** `vakhta enrol`, as typed on the mini-PC; throws with what it said when it fails. */
  enrol(server: string, token: string): void {
    const { status, stderr } = spawnSync(VAKHTA, [
      'enrol',
      '--server',
      server,
      '--token',
      token,
      '--data',
      this.#directory,
    ]);
    if (status !== 0) throw new Error(`enrol ended with ${status}: ${stderr}`);
  }

  /** `vakhta agent`, with the drivers of these modules instead of its own. */
  start(drivers?: readonly string[]): void {
    const config = join(this.#directory, 'settings.json');
    if (drivers) writeFileSync(config, JSON.stringify({ drivers }));
    this.#process = spawn(
      VAKHTA,
      ['agent', '--data', this.#directory, ...(drivers ? ['--config', config] : [])],
      {
        stdio: 'ignore',
      },
    );
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running && running.exitCode === null) {
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
