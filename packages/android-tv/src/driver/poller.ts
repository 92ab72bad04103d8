import { type Clock, type Duration, seconds, sleep } from '@vakhta/kernel';
import type { DriverLog } from '@vakhta/things';
import { type AdbDevice, AdbError } from '../adb/index.ts';
import { runBatch } from '../shell/batch.ts';
import { cheapPoll, fullPoll, type SectionName, sections } from '../shell/sections.ts';
import type { ObservedTv } from './observed-tv.ts';

const cheapPeriod = seconds(1);
const fullPeriod = seconds(30);
/** `pm` starts a Java process of its own, a second of a weak TV's time. */
const packagesPeriod = seconds(600);
const pollDeadline = seconds(8);
/** So many polls without an answer in a row say that the connection is dead, whatever TCP thinks. */
const lostAfter = 2;

/** Asks sections in one round trip and tells the TV's state what they printed. */
export async function sample(
  device: AdbDevice,
  tv: ObservedTv,
  names: readonly SectionName[],
  options: { clock: Clock; before?: readonly string[]; deadline?: Duration; signal?: AbortSignal },
): Promise<string[]> {
  const { clock, before = [], deadline = pollDeadline, signal } = options;
  const startedAt = clock.monotonic();
  const commands = [...before, ...names.map((name) => sections[name].command(tv.capabilities))];
  const outputs = await runBatch(device, commands, { deadline, signal });
  const read = new Map(names.map((name, index) => [name, outputs[before.length + index] ?? '']));
  // Read behind commands, it is as new as its answer, and no poll that asked meanwhile is newer.
  await tv.apply(read, before.length > 0 ? clock.monotonic() : startedAt);
  return outputs.slice(0, before.length);
}

/** Polls one connected TV until the connection ends or the signal is aborted. */
export class Poller {
  readonly #device: AdbDevice;
  readonly #tv: ObservedTv;
  readonly #clock: Clock;
  readonly #log: DriverLog;

  constructor(device: AdbDevice, tv: ObservedTv, clock: Clock, log: DriverLog) {
    this.#device = device;
    this.#tv = tv;
    this.#clock = clock;
    this.#log = log;
  }

  async run(signal: AbortSignal): Promise<void> {
    let nextFull = this.#clock.monotonic();
    let nextPackages = nextFull;
    let unanswered = 0;
    let askSound = false;
    let askWindows = false;
    while (!signal.aborted) {
      const now = this.#clock.monotonic();
      if (!(await this.#identify(signal))) return;
      const names = new Set<SectionName>(
        now >= nextFull ? fullPoll(this.#tv.capabilities) : cheapPoll(this.#tv.capabilities),
      );
      if (now >= nextPackages) names.add('packages');
      if (askSound) names.add('audio');
      if (askWindows) names.add('windows');
      const volumeBefore = this.#tv.value('volume');
      try {
        await sample(this.#device, this.#tv, [...names], { clock: this.#clock, signal });
        if (now >= nextFull) nextFull = now + fullPeriod;
        if (now >= nextPackages) nextPackages = now + packagesPeriod;
        unanswered = 0;
        this.#tv.confirm();
      } catch (error) {
        if (signal.aborted || !(error instanceof AdbError)) throw error;
        if (error.code === 'adb.closed' || error.code === 'adb.stalled') return;
        unanswered += 1;
        this.#log('warn', 'tv.poll_failed', { code: error.code, unanswered });
        if (unanswered >= lostAfter) return await this.#device.close();
      }
      // A muted TV's getter says 0, and 0 may also be silence asked for: the sound's own dump tells which.
      const volume = this.#tv.value('volume');
      askSound = volume !== volumeBefore && (volume === 0 || volumeBefore === 0);
      // Some builds name nothing in `dumpsys activity activities`; the windows then tell.
      const namesNothing = this.#tv.knowledge.reading.foregroundPackage === undefined;
      askWindows ||= namesNothing && this.#tv.value('power') === 'awake';
      await sleep(this.#clock, cheapPeriod, signal);
    }
  }
  /** Which commands a TV has depends on its version: that is asked first. False where the connection ended. */
  async #identify(signal: AbortSignal): Promise<boolean> {
    if (this.#tv.capabilities.sdk !== undefined) return true;
    try {
      await sample(this.#device, this.#tv, ['identity'], { clock: this.#clock, signal });
      return true;
    } catch (error) {
      if (signal.aborted || !(error instanceof AdbError)) throw error;
      await this.#device.close();
      return false;
    }
  }
}
