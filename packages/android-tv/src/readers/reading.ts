/** An input of the TV, as its TV input framework lists it. */
export interface TvInputEntry {
  id: string;
  state: 'connected' | 'standby' | 'disconnected';
}

export type Wakefulness = 'Awake' | 'Asleep' | 'Dreaming' | 'Dozing';
export type PlaybackState = 'playing' | 'paused' | 'stopped' | 'buffering' | 'none' | 'error' | 'other';

/**
 * What one or more outputs of a TV (or of the agent's own link to it) tell: the closed dictionary. A field that an
 * output does not tell is absent; it is never 0, '', 'unknown' or false instead.
 */
export interface Reading {
  wakefulness?: Wakefulness;
  wakefulnessChanging?: boolean;
  /** The device drives its display; what the panel behind a box does is not known to the box. */
  screenOn?: boolean;
  wakeLockCount?: number;
  bootCompleted?: boolean;
  /** Index of STREAM_MUSIC on the device in use, in the device's own steps. */
  volume?: number;
  volumeMin?: number;
  volumeMax?: number;
  muted?: boolean;
  audioDevice?: string;
  foregroundPackage?: string;
  foregroundActivity?: string;
  playbackState?: PlaybackState;
  playbackPackage?: string;
  mediaDescription?: string;
  inputs?: TvInputEntry[];
  /** The input that is live now. */
  activeInputId?: string;
  /** The HDMI port really shown. */
  hdmiPort?: number;
  /** The input last asked for by an intent; not what is on the screen. */
  requestedInputId?: string;
  cecDeviceType?: number;
  cecIsActiveSource?: boolean;
  cecActivePort?: number;
  manufacturer?: string;
  model?: string;
  serial?: string;
  androidRelease?: string;
  vendorDevice?: string;
  sdk?: number;
  macAddress?: string;
  ipAddress?: string;
  memTotalKb?: number;
  memAvailableKb?: number;
  storageTotalKb?: number;
  storageFreeKb?: number;
  storageUsedPercent?: number;
  temperatureC?: number;
  thermalStatus?: number;
  uptimeSeconds?: number;
  resolution?: string;
  processes?: string[];
  commandOk?: boolean;
  failureCode?: string;
  ethernetCarrier?: boolean;
  ethernetOperState?: string;
}

/** One source's reader: pure, never throws, answers `{}` for text that is not its own. */
export type Reader = (lines: readonly string[], command: string) => Reading;

/** An output as lines: CRLF (old `shell:` runs on a PTY) and a missing final newline make no difference. */
export function outputLines(output: string): string[] {
  const lines = output.replaceAll('\r', '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The first match of `pattern` on any line: its first group, trimmed. */
export function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1]?.trim();
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

export const asBoolean = (text: string | undefined): boolean | undefined =>
  text === 'true' ? true : text === 'false' ? false : undefined;

export const asInteger = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;

/** The same object without members that are undefined: absent is how a reading says unknown. */
export function known<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
