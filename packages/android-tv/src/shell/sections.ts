import type { Reading } from '../readers/reading.ts';

/** What a TV's Android can do, as far as commands differ. */
export interface Capabilities {
  /** API level (ro.build.version.sdk); 19 is 4.4, 34 is 14. `undefined` until read. */
  sdk: number | undefined;
  /** False once the volume getter was asked and is not there. */
  hasVolumeGetter: boolean;
}

/** `dumpsys -t SECONDS SERVICE` exists since Android 8; a hung service must not hold up the others. */
const dumpsys = (service: string, { sdk }: Capabilities) =>
  sdk !== undefined && sdk >= 26 ? `dumpsys -t 3 ${service}` : `dumpsys ${service}`;

interface Section {
  command: (capabilities: Capabilities) => string;
  /** The fields this output is believed for; absent from it, they are unknown. */
  fields: readonly (keyof Reading)[];
}

/** Every reading command, and what it is read for. */
export const sections = {
  power: {
    command: (tv) => dumpsys('power', tv),
    fields: ['wakefulness', 'wakefulnessChanging', 'screenOn', 'bootCompleted'],
  },
  volume: {
    // `media` was a program of its own up to Android 10 and was not there before 7.
    command: ({ sdk = 0 }) =>
      sdk >= 30 ? 'cmd media_session volume --stream 3 --get' : 'media volume --stream 3 --get',
    fields: ['volume', 'volumeMin', 'volumeMax'],
  },
  audio: {
    command: (tv) => dumpsys('audio', tv),
    fields: ['volume', 'volumeMin', 'volumeMax', 'muted', 'audioDevice'],
  },
  inputs: {
    command: (tv) => dumpsys('tv_input', tv),
    fields: ['inputs', 'activeInputId', 'hdmiPort'],
  },
  foreground: {
    command: (tv) => dumpsys('activity activities', tv),
    fields: ['foregroundPackage', 'foregroundActivity'],
  },
  /** Asked only where `activities` names nothing in front, and believed only then. */
  windows: {
    command: (tv) => dumpsys('window windows', tv),
    fields: ['foregroundPackage', 'foregroundActivity'],
  },
  playback: {
    command: (tv) => dumpsys('media_session', tv),
    fields: ['playbackState', 'playbackPackage', 'mediaDescription'],
  },
  starter: { command: (tv) => dumpsys('activity starter', tv), fields: ['requestedInputId'] },
  cec: { command: (tv) => dumpsys('hdmi_control', tv), fields: ['cecDeviceType', 'cecActivePort'] },
  uptime: { command: () => 'cat /proc/uptime', fields: ['uptimeSeconds'] },
  memory: { command: () => 'cat /proc/meminfo', fields: ['memTotalKb', 'memAvailableKb'] },
  storage: {
    command: ({ sdk = 0 }) => (sdk >= 23 ? 'df -k /data' : 'dumpsys diskstats'),
    fields: ['storageTotalKb', 'storageFreeKb'],
  },
  thermal: { command: (tv) => dumpsys('thermalservice', tv), fields: ['temperatureC', 'thermalStatus'] },
  network: { command: () => 'ip addr', fields: ['macAddress', 'ipAddress'] },
  identity: {
    command: () =>
      [
        'ro.product.manufacturer',
        'ro.product.model',
        'ro.serialno',
        'ro.build.version.release',
        'ro.build.version.sdk',
      ]
        .map((property) => `getprop ${property}`)
        .join('; '),
    fields: ['manufacturer', 'model', 'serial', 'androidRelease', 'sdk'],
  },
  packages: { command: () => 'pm list packages -3', fields: [] },
  /** The old toolbox's `ps` shows all; toybox needs -A for it. */
  processes: { command: ({ sdk = 0 }) => (sdk >= 26 ? 'ps -A' : 'ps'), fields: ['processes'] },
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;

/** Every second: what an operator watches. */
export const cheapPoll = (tv: Capabilities): SectionName[] => [
  'power',
  tv.hasVolumeGetter ? 'volume' : 'audio',
  'inputs',
  'foreground',
  'playback',
  'uptime',
];

/** Every half minute: what changes slowly. `thermalservice` is there since Android 10. */
export const fullPoll = (tv: Capabilities): SectionName[] => [
  ...cheapPoll(tv).filter((section) => section !== 'audio'),
  'audio',
  'starter',
  'cec',
  'memory',
  'storage',
  ...((tv.sdk ?? 0) >= 29 ? (['thermal'] as const) : []),
  'network',
  'identity',
];
