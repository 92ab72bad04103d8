import type { Clock, Duration, Json } from '@vakhta/kernel';
import type { Reporter } from '@vakhta/things';
import type { TvEvent, TvProperty } from '../model/android-tv.ts';
import { outputLines, type Reading, readHardwareConnections, readOutput } from '../readers/index.ts';
import { type Capabilities, type SectionName, sections } from '../shell/sections.ts';
import { type NamedInput, nameInputs } from './input-names.ts';
import { type Knowledge, project, type ReadProperty } from './projection.ts';

/** Properties whose every change is an event of its own. */
const changeEvents = {
  power: 'powerChanged',
  source: 'sourceChanged',
  foregroundApp: 'appChanged',
  mains: 'mainsChanged',
} as const satisfies Partial<Record<TvProperty, TvEvent>>;

/** What `dumpsys audio` is believed for where the volume getter answers. */
const soundWithoutVolume = ['muted', 'audioDevice'] as const satisfies (keyof Reading)[];

/** Counted every poll but reported when the rest of the full poll is: a figure that always changes says nothing. */
const reportedWithFullPoll: readonly TvProperty[] = ['uptime'];

/** The latest that is known of a TV; reports what changed. */
export class ObservedTv {
  readonly knowledge: Knowledge = { reading: {}, hardware: [], apps: undefined, sourceAsked: undefined };
  readonly #report: Reporter;
  readonly #clock: Clock;
  readonly #reported = new Map<TvProperty, string>();
  readonly #values = new Map<TvProperty, Json>();
  readonly #sampledAt = new Map<SectionName, Duration>();
  #hasVolumeGetter = true;

  constructor(report: Reporter, clock: Clock) {
    this.#report = report;
    this.#clock = clock;
  }

  get capabilities(): Capabilities {
    const { sdk } = this.knowledge.reading;
    // `media volume` came with Android 7.
    return { sdk, hasVolumeGetter: this.#hasVolumeGetter && (sdk ?? 0) >= 24 };
  }

  get inputs(): NamedInput[] {
    return nameInputs(this.knowledge.reading.inputs ?? [], this.knowledge.hardware);
  }

  value(property: TvProperty): Json {
    return this.#values.get(property) ?? null;
  }

  /**
   * Takes what sections printed. `startedAt` is when they were asked (monotonic): an answer to an older question than
   * the one already taken is dropped, so that a slow poll cannot undo what an action just read back.
   */
  async apply(outputs: ReadonlyMap<SectionName, string>, startedAt: Duration): Promise<void> {
    const uptimeBefore = this.knowledge.reading.uptimeSeconds;
    for (const [section, output] of outputs) {
      if (startedAt < (this.#sampledAt.get(section) ?? Number.NEGATIVE_INFINITY)) continue;
      this.#sampledAt.set(section, startedAt);
      this.#take(section, output);
    }
    await this.#reportAll(outputs.has('memory'));
    const { uptimeSeconds } = this.knowledge.reading;
    if (uptimeBefore !== undefined && uptimeSeconds !== undefined && uptimeSeconds < uptimeBefore - 1)
      await this.event('rebooted', { uptimeBefore: Math.floor(uptimeBefore) });
  }

  #take(section: SectionName, output: string): void {
    const { command, fields } = sections[section];
    const read = readOutput(command(this.capabilities), output);
    const { reading } = this.knowledge;
    if (section === 'windows' && reading.foregroundPackage !== undefined) return;
    if (section === 'volume' && read.volume === undefined) this.#hasVolumeGetter = false;
    // Of a muted TV the getter says 0 and the dump the index it will return to: one of them must stand.
    const believed: readonly (keyof Reading)[] =
      section === 'audio' && this.capabilities.hasVolumeGetter ? soundWithoutVolume : fields;
    for (const field of believed) {
      if (read[field] === undefined) delete reading[field];
      else Object.assign(reading, { [field]: read[field] });
    }
    if (section === 'inputs') this.knowledge.hardware = readHardwareConnections(outputLines(output));
    if (section === 'packages') this.knowledge.apps = installedPackages(output);
  }

  /** The source was asked for by us just now. */
  async askedFor(source: string): Promise<void> {
    this.knowledge.sourceAsked = source;
    await this.#reportAll(false);
  }

  /** Nothing of what it showed is known any more: its mains are cut. */
  async forgetScreen(): Promise<void> {
    for (const section of ['power', 'playback', 'foreground', 'inputs'] as const) {
      for (const field of sections[section].fields) delete this.knowledge.reading[field];
      this.#sampledAt.set(section, this.#clock.monotonic());
    }
    await this.#reportAll(false);
  }

  /** The agent's own knowledge: connection, mains, cable. */
  async set(property: Exclude<TvProperty, ReadProperty>, value: Json): Promise<void> {
    await this.#put(property, value);
  }

  event(name: TvEvent, data: Json = {}): Promise<void> {
    return this.#report.event(name, data);
  }

  /** A whole poll went well: what is reported still holds. */
  confirm(): void {
    this.#report.confirm();
  }

  online(online: boolean, reason?: { code: string; message: string }): Promise<void> {
    return this.#report.online(online, reason);
  }

  async #reportAll(isFullPoll: boolean): Promise<void> {
    const values = project(this.knowledge);
    for (const [property, value] of Object.entries(values) as [ReadProperty, Json][]) {
      if (!isFullPoll && reportedWithFullPoll.includes(property) && this.#reported.has(property)) continue;
      await this.#put(property, value);
    }
  }

  async #put(property: TvProperty, value: Json): Promise<void> {
    const text = JSON.stringify(value);
    if (this.#reported.get(property) === text) return;
    const before = this.value(property);
    this.#reported.set(property, text);
    this.#values.set(property, value);
    await this.#report.property(property, value);
    const event = Object.entries(changeEvents).find(([name]) => name === property)?.[1];
    if (event && before !== null && value !== null) await this.event(event, { from: before, to: value });
  }
}

/** `package:com.app`, one a line. */
const installedPackages = (output: string): string[] =>
  outputLines(output)
    .flatMap((line) => /^\s*package:([\w.]+)\s*$/.exec(line)?.[1] ?? [])
    .sort();
