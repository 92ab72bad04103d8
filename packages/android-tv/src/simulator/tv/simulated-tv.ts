import {
  type Clock,
  type Duration,
  type Json,
  milliseconds,
  type Random,
  seconds,
  type Timer,
} from '@vakhta/kernel';
import type { Wakefulness } from '../../readers/index.ts';
import { parseComponent } from '../../readers/index.ts';
import type { SimulatedInput, TvProfile } from './tv-profile.ts';

export interface TvDelays {
  /** From mains or a restart until adbd answers. */
  boot: Duration;
  /** One run of `input`, whatever keys it carries; runs wait for one another. */
  input: Duration;
  /** How long `mWakefulnessChanging` stays after a change. */
  wakefulness: Duration;
  /** Any other command. */
  command: Duration;
}

export const defaultDelays: TvDelays = {
  boot: seconds(20),
  input: milliseconds(300),
  wakefulness: milliseconds(150),
  command: milliseconds(0),
};

/** What the app in front plays, as its media session says. */
export interface SimulatedSession {
  package: string;
  state: 'playing' | 'paused' | 'stopped';
  title: string;
}

/** An intent as the activity starter remembers it. */
export interface StartedIntent {
  action: string;
  data: string | undefined;
  component: string;
}

export interface SimulatedTvOptions {
  id: string;
  name: string;
  profile: TvProfile;
  serial: string;
  mac: string;
  address: string;
  clock: Clock;
  random: Random;
  delays?: Partial<TvDelays>;
  record: (did: string, detail: Json) => void;
}

/** Loudness is kept per output, as Android keeps it. */
type Volumes = Map<string, number>;

/**
 * One TV as a machine: what it does when keys are pressed, apps started, mains cut. It knows nothing of ADB; its
 * prints (`../dumps`) and its shell (`../shell`) read it.
 */
export class SimulatedTv {
  readonly id: string;
  readonly name: string;
  readonly profile: TvProfile;
  readonly serial: string;
  readonly mac: string;
  readonly address: string;
  readonly clock: Clock;
  readonly delays: TvDelays;
  readonly volumes: Volumes = new Map();
  readonly installed: Map<string, string>;
  /** Keys put here are what `settings put` wrote: 'secure/screensaver_enabled'. */
  readonly settings = new Map<string, string>();
  readonly inputs: SimulatedInput[];

  hasMains = true;
  cablePlugged = true;
  phase: 'off' | 'booting' | 'running' = 'running';
  wakefulness: Wakefulness = 'Awake';
  muted = false;
  /** The input on the screen; `undefined` while the TV's own interface is. */
  shownInput: SimulatedInput | undefined;
  front: string;
  session: SimulatedSession | undefined;
  lastStart: StartedIntent;
  lastKey: string | undefined;
  /** A question on the screen, such as whether to allow debugging. */
  dialog: string | undefined;

  readonly #record: (did: string, detail: Json) => void;
  readonly #random: Random;
  #bootedAt: Duration;
  #changingUntil: Duration = 0;
  #bootTimer: Timer | undefined;
  #listeners = new Set<() => void>();
  /** Processes besides those of the system. */
  #running = new Set<string>();

  constructor(options: SimulatedTvOptions) {
    this.id = options.id;
    this.name = options.name;
    this.profile = options.profile;
    this.serial = options.serial;
    this.mac = options.mac;
    this.address = options.address;
    this.clock = options.clock;
    this.#random = options.random;
    this.#record = options.record;
    this.delays = { ...defaultDelays, ...options.delays };
    this.inputs = options.profile.inputs.map((input) => ({ ...input }));
    this.installed = new Map(Object.entries(options.profile.apps));
    for (const { name } of options.profile.audio.outputs) this.volumes.set(name, options.profile.audio.start);
    this.front = this.profile.home;
    this.lastStart = { action: 'android.intent.action.MAIN', data: undefined, component: this.profile.home };
    // A fleet was not switched on in one second.
    this.#bootedAt = this.clock.monotonic() - Math.floor(this.#random.float() * seconds(90_000));
    const firstHdmi = this.inputs.find(({ hdmiPort }) => hdmiPort === 1);
    if (firstHdmi) this.showInput(firstHdmi);
    else this.startApp('ru.metro.player');
  }

  get uptime(): Duration {
    return this.clock.monotonic() - this.#bootedAt;
  }

  get isChanging(): boolean {
    return this.clock.monotonic() < this.#changingUntil;
  }

  get isRunning(): boolean {
    return this.phase === 'running';
  }

  /** Whether the other end of the cable sees a link: a TV without mains has a dead network card. */
  get hasCarrier(): boolean {
    return this.cablePlugged && this.hasMains;
  }

  get volume(): number {
    return this.volumes.get(this.profile.audio.inUse) ?? 0;
  }

  get processes(): string[] {
    return [...this.#running].sort();
  }

  /** °C. A lit screen warms the set; it settles within minutes of a change. */
  get temperature(): number {
    const warm = this.wakefulness === 'Awake' ? 52 : 41;
    return warm - 14 * Math.exp(-this.uptime / 300_000) + Math.sin(this.uptime / 60_000);
  }

  /** Called after anything about mains, cable or boot changed. */
  onPhase(listener: () => void): void {
    this.#listeners.add(listener);
  }

  record(did: string, detail: Json): void {
    this.#record(did, detail);
  }

  setWakefulness(wakefulness: Wakefulness): void {
    if (this.wakefulness === wakefulness) return;
    this.wakefulness = wakefulness;
    this.#changingUntil = this.clock.monotonic() + this.delays.wakefulness;
    if (wakefulness === 'Asleep' && this.session?.state === 'playing') this.session.state = 'paused';
  }

  setVolume(volume: number): void {
    const { inUse, max } = this.profile.audio;
    this.volumes.set(inUse, Math.max(0, Math.min(max, volume)));
    if (volume > 0) this.muted = false;
  }

  showInput(input: SimulatedInput): void {
    const { tvApp } = this.profile;
    if (tvApp === undefined) return;
    this.shownInput = input;
    this.#toFront(tvApp);
    this.lastStart = {
      action: 'android.intent.action.VIEW',
      data: `content://android.media.tv/passthrough/${input.id}`,
      component: tvApp,
    };
  }

  /** False where there is no such package. */
  startApp(name: string): boolean {
    const activity = this.installed.get(name);
    if (activity === undefined) return false;
    this.shownInput = undefined;
    this.#toFront(`${name}/${activity}`);
    this.session = { package: name, state: 'playing', title: `${this.name}: ролик 1` };
    this.lastStart = {
      action: 'android.intent.action.MAIN',
      data: undefined,
      component: `${name}/${activity}`,
    };
    return true;
  }

  goHome(): void {
    this.shownInput = undefined;
    this.#toFront(this.profile.home);
    if (this.session?.state === 'playing') this.session.state = 'paused';
    this.lastStart = { action: 'android.intent.action.MAIN', data: undefined, component: this.profile.home };
  }

  stopApp(name: string): void {
    this.#running.delete(name);
    if (this.session?.package === name) this.session = undefined;
    if (parseComponent(this.front)?.package === name) this.goHome();
  }

  /** Whatever the interface shows is asleep with the set. */
  isShowing(): boolean {
    return this.isRunning && this.wakefulness !== 'Asleep';
  }

  reboot(): void {
    this.record('reboot', {});
    this.#boot();
  }

  setMains(on: boolean): void {
    if (this.hasMains === on) return;
    this.record('mains', { on });
    this.hasMains = on;
    if (on) {
      this.#boot();
    } else {
      this.#bootTimer?.cancel();
      this.#toPhase('off');
    }
  }

  setCable(plugged: boolean): void {
    if (this.cablePlugged === plugged) return;
    this.record('cable', { plugged });
    this.cablePlugged = plugged;
    this.#tell();
  }

  /** Ends what would keep a process alive. */
  stop(): void {
    this.#bootTimer?.cancel();
  }

  #boot(): void {
    this.#bootTimer?.cancel();
    this.#toPhase('booting');
    this.#bootTimer = this.clock.after(this.delays.boot, () => {
      this.#bootedAt = this.clock.monotonic();
      this.#running.clear();
      this.session = undefined;
      this.muted = false;
      this.wakefulness = 'Awake';
      this.goHome();
      this.#toPhase('running');
    });
  }

  #toFront(component: string): void {
    this.front = component;
    const name = parseComponent(component)?.package;
    if (name !== undefined) this.#running.add(name);
  }

  #toPhase(phase: SimulatedTv['phase']): void {
    this.phase = phase;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
