import { join } from 'node:path';
import { integerBetween, type Random } from '@vakhta/kernel';
import { ensureSecrets, findFreePort, isPortFree, replaceSecrets } from '@vakhta/server/supervision';
import * as z from 'zod';

const DemoState = z.strictObject({
  email: z.string(),
  password: z.string(),
  /** Of the demo's owner; empty until it was made. */
  token: z.string(),
  organisation: z.string(),
  /** The simulated TVs listen from here on, and the world around them on the port after the last. */
  portBase: z.number().int(),
  /** The organisation was filled: what its owner removed since stays removed. */
  seeded: z.boolean(),
  /** The same of the hall, where one was asked for. */
  hallPortBase: z.number().int().default(0),
  hallSeeded: z.boolean().default(false),
  /** The hall is open: its machines on the floor, its desks, guests and staff there. */
  hallOpened: z.boolean().default(false),
});
export type DemoState = z.infer<typeof DemoState>;

/** What the demo keeps so that a second start shows the same desk. Its file is for its owner only. */
export class DemoMemory {
  readonly #file: string;
  state: DemoState;

  private constructor(file: string, state: DemoState) {
    this.#file = file;
    this.state = state;
  }

  static async open(data: string, random: Random): Promise<DemoMemory> {
    const file = join(data, 'demo-secrets.json');
    const state = await ensureSecrets(file, DemoState, () => ({
      email: 'demo@vakhta.example',
      password: Buffer.from(random.bytes(12)).toString('base64url'),
      token: '',
      organisation: '',
      portBase: 0,
      seeded: false,
      hallPortBase: 0,
      hallSeeded: false,
      hallOpened: false,
    }));
    return new DemoMemory(file, state);
  }

  async keep(changes: Partial<DemoState>): Promise<void> {
    this.state = { ...this.state, ...changes };
    await replaceSecrets(this.#file, this.state);
  }
}

/** Below the ports that the system deals out by itself (32768 and up on Linux), so that none is taken by chance. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The kept base if the `count` ports from it are free now, else another; 0 was never a base. */
export async function choosePortBase(kept: number, count: number, random: Random): Promise<number> {
  if (kept !== 0 && (await areFree(kept, count))) return kept;
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = integerBetween(random, LOWEST, HIGHEST - count);
    if (await areFree(base, count)) return base;
  }
  // A very busy machine: the system's own choice is as good as any.
  return findFreePort();
}

async function areFree(base: number, count: number): Promise<boolean> {
  const ports = Array.from({ length: count }, (_, index) => base + index);
  return (await Promise.all(ports.map(isPortFree))).every((free) => free);
}
