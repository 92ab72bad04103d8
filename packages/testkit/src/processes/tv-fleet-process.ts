import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { ProcessGroup, RunningProcess } from './process-group.ts';

const Tv = z.object({
  id: z.string(),
  name: z.string(),
  profile: z.string(),
  host: z.string(),
  port: z.int(),
  controlUrl: z.url(),
  relayUrl: z.url(),
  cableUrl: z.url(),
});
export type TvAddress = z.infer<typeof Tv>;

const Ready = z.object({ ready: z.literal(true), control: z.url(), tvs: z.array(Tv) });

const JournalLine = z.object({
  n: z.int(),
  at: z.number(),
  tv: z.string(),
  did: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
/** One thing that a TV really did or had done to it. */
export type JournalLine = z.infer<typeof JournalLine>;

export interface TvFleetOptions {
  count: number;
  /** Where the TVs write down what they do. */
  journal: string;
  profiles?: readonly string[];
  inputDelayMs?: number;
  bootDelayMs?: number;
}

/** `android-tv simulate` in a process of its own: TVs that speak ADB, and the world around them. */
export class TvFleetProcess {
  readonly process: RunningProcess;
  readonly tvs: readonly TvAddress[];
  readonly #journal: string;

  private constructor(process: RunningProcess, tvs: readonly TvAddress[], journal: string) {
    this.process = process;
    this.tvs = tvs;
    this.#journal = journal;
  }

  static async start(group: ProcessGroup, options: TvFleetOptions): Promise<TvFleetProcess> {
    const { count, journal, profiles, inputDelayMs = 300, bootDelayMs = 1000 } = options;
    const running = group.start({
      name: 'TVs',
      command: 'android-tv',
      args: [
        'simulate',
        '--json',
        ...['--count', String(count)],
        ...['--journal', journal],
        ...['--input-delay', String(inputDelayMs)],
        ...['--boot-delay', String(bootDelayMs)],
        ...(profiles ? ['--profile', ...profiles] : []),
      ],
    });
    const { tvs } = await running.firstLine((line) => Ready.safeParse(parseJson(line)).data);
    return new TvFleetProcess(running, tvs, journal);
  }

  /** Does something to a TV that ADB cannot: its relay, its cable, somebody at its remote control. */
  async touch(tv: TvAddress, what: 'relay' | 'cable' | 'keys' | 'faults', body: object): Promise<void> {
    const response = await fetch(`${tv.controlUrl}/${what}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${tv.id} ${what}: ${await response.text()}`);
    await response.arrayBuffer();
  }

  /** Everything that happened, from the file that outlives the process. */
  async journal(after = 0): Promise<JournalLine[]> {
    const text = await readFile(this.#journal, 'utf8');
    return text
      .split('\n')
      .slice(after, -1)
      .map((line) => JournalLine.parse(JSON.parse(line)));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
