import type { Clock, Instant, Json, Random, ThingId } from '@vakhta/kernel';
import type { ThingModel } from './thing-model.ts';

/** Why a thing can not be reached, as a stable code with a text for engineers. */
export interface OfflineReason {
  code: string;
  message: string;
}

export interface EventOptions {
  /**
   * What it is known by among events of its name: when the last one on disk has the same, it is this one, told again
   * after a crash, and is not recorded twice.
   */
  once?: string;
}

/** How a driver tells what it sees. The host numbers, stores, sends and dates it; a driver does none of that. */
export interface Reporter {
  /**
   * The property has this value now; `null` says that it can not be known. Reporting the same value again costs
   * nothing. Resolves when a durable value is safely on disk (at once for a lossy one).
   */
  property(name: string, value: Json): Promise<void>;
  /** Something happened. Resolves when it is safely on disk: only then may the machine be told that we have it. */
  event(name: string, data: Json, options?: EventOptions): Promise<void>;
  /** The `once` of the last such event that is on disk, be it from an earlier life; undefined when none had one. */
  lastOnce(name: string): string | undefined;
  /** The thing answers, or does not and why. */
  online(online: boolean, reason?: OfflineReason): Promise<void>;
  /** A reading went well just now and found the reported values still true: their age starts again. */
  confirm(): void;
}

/** A picture that an action brought back. */
export interface Picture {
  contentType: 'image/png' | 'image/jpeg' | 'image/webp';
  bytes: Uint8Array;
}

/**
 * How an action ended. `succeeded` with `observed: true` means read back from the thing, not merely sent;
 * with `observed: false` it was sent and its effect can not be observed. `unknown` is for silence after something that
 * may have been carried out.
 */
export type ActionOutcome =
  | { state: 'succeeded'; observed: boolean; message?: string; evidence?: Json; picture?: Picture }
  | { state: 'failed'; code: string; message: string; evidence?: Json }
  | { state: 'unknown'; message: string; evidence?: Json };

export interface ActionContext {
  /** When the command's time is up; the signal is aborted then. */
  deadline: Instant;
  signal: AbortSignal;
}

/** One thing being looked after. */
export interface Driver {
  /**
   * Looks after the thing until the signal is aborted, then resolves. A throw is a crash: the host says so, waits and
   * opens a new driver. An unreachable thing is not a crash.
   */
  run(signal: AbortSignal): Promise<void>;
  /** Carries out an action whose name and input the host has checked against the model. Refusals are outcomes. */
  act(action: string, input: Record<string, Json>, context: ActionContext): Promise<ActionOutcome>;
}

export interface DriverOptions {
  thing: ThingId;
  /** Checked against the model's `configuration` schema. */
  configuration: Record<string, Json>;
  report: Reporter;
  clock: Clock;
  random: Random;
  /** A folder of the driver's own that outlives restarts (keys, journals); shared by all things of the kind. */
  directory: string;
  log: DriverLog;
}

/** Structured lines: an event name and fields. */
export type DriverLog = (level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: object) => void;

/** What a package exports from `./driver`: the model and how to open one thing of it. */
export interface DriverModule {
  readonly model: ThingModel;
  open(options: DriverOptions): Driver;
}
