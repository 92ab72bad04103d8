import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type Clock,
  type Duration,
  type Json,
  newId,
  type Random,
  sleep,
  type ThingId,
} from '@vakhta/kernel';
import type { ActionOutcome, Driver, Reporter } from '@vakhta/things';
import { driver } from '../driver/index.ts';

/** One TV driven from a command line, for as long as a command takes. */
export interface TvSession {
  readonly driver: Driver;
  /** What has been read so far. */
  readonly properties: ReadonlyMap<string, Json>;
  /** Why the TV is not there, while it is not. */
  readonly offline: () => string | undefined;
  /** True once everything was read; false where it did not come to that in time. */
  read(within: Duration): Promise<boolean>;
  act(action: string, input: Record<string, Json>, within: Duration): Promise<ActionOutcome>;
  close(): Promise<void>;
}

export interface TvAddress {
  address: string;
  port: number;
}

/** `HOST`, `HOST:PORT`, `[IPV6]:PORT`. */
export function parseAddress(text: string): TvAddress | undefined {
  const found = /^(?:\[([0-9a-f:%.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i.exec(text);
  const address = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? 5555);
  return address === undefined || port < 1 || port > 65535 ? undefined : { address, port };
}

/** The folder of adb's own key: a TV that knows this computer's adb knows us. */
export const defaultKeyFolder = (): string => join(homedir(), '.android');

export async function openTv(
  tv: TvAddress,
  options: { keyFolder: string; clock: Clock; random: Random; onQuestion: () => void },
): Promise<TvSession> {
  const { keyFolder, clock, random, onQuestion } = options;
  await mkdir(keyFolder, { recursive: true, mode: 0o700 });
  const properties = new Map<string, Json>();
  let reason: string | undefined;
  let whole = () => {};
  const readOnce = new Promise<true>((resolve) => {
    whole = () => resolve(true);
  });
  const report: Reporter = {
    property: async (name, value) => void properties.set(name, value),
    event: async (name) => {
      if (name === 'authorisationNeeded') onQuestion();
    },
    lastOnce: () => undefined,
    online: async (online, why) => {
      reason = online ? undefined : `${why?.code}: ${why?.message}`;
    },
    confirm: () => whole(),
  };
  const opened = driver.open({
    thing: newId<ThingId>({ clock, random }),
    configuration: { ...tv },
    report,
    clock,
    random,
    directory: keyFolder,
    log: () => {},
  });
  const ending = new AbortController();
  const running = opened.run(ending.signal);
  return {
    driver: opened,
    properties,
    offline: () => reason,
    read: async (within) => {
      const waiting = new AbortController();
      const tooLate = sleep(clock, within, waiting.signal).catch(() => {});
      const read = await Promise.race([readOnce, tooLate]);
      waiting.abort();
      return read === true;
    },
    act: (action, input, within) => {
      const signal = new AbortController();
      const timer = clock.after(within, () => signal.abort());
      return opened
        .act(action, input, { deadline: clock.now() + within, signal: signal.signal })
        .finally(() => timer.cancel());
    },
    close: async () => {
      ending.abort();
      await running;
    },
  };
}
