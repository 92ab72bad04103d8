import {
  adbInitialPayload,
  adbLargestPayload,
  adbVersionChecked,
  adbVersionUnchecked,
} from '../../adb/packet.ts';

/** What one generation of adbd speaks. */
export interface AdbdProfile {
  /** The protocol version of CNXN. */
  readonly version: number;
  /** The most it takes in one packet, bytes. */
  readonly largestPayload: number;
  /** What it says it can, all of it implemented here. */
  readonly features: readonly string[];
  /** Older daemons send the banner's terminating NUL along. */
  readonly bannerEndsWithNul: boolean;
  /** Whether there is `exec:`. */
  readonly hasExec: boolean;
  /** Whether `shell:COMMAND` runs on a pseudo-terminal (`\n` comes as `\r\n`); newer ones use a plain pipe. */
  readonly legacyShellOnTerminal: boolean;
  /** Boxes with `ro.adb.secure=0` let everybody in. */
  readonly authentication: 'required' | 'off';
}

const modern: AdbdProfile = {
  version: adbVersionUnchecked,
  largestPayload: adbLargestPayload,
  features: ['shell_v2', 'cmd', 'stat_v2', 'ls_v2', 'fixed_push_mkdir', 'sendrecv_v2'],
  bannerEndsWithNul: false,
  hasExec: true,
  legacyShellOnTerminal: false,
  authentication: 'required',
};

/** The generations seen on walls. */
export const adbdProfiles = {
  /** Android 9 and later. */
  modern,
  /** Android 7 and 8: sums, 256 KiB, shell v2 but no stat v2. */
  android7: {
    ...modern,
    version: adbVersionChecked,
    largestPayload: 256 * 1024,
    features: ['shell_v2', 'cmd', 'fixed_push_mkdir'],
    bannerEndsWithNul: true,
  },
  /** Android 4.4 and 5.0: sums, 4096 bytes, no features, no exec, everything on a pseudo-terminal. */
  legacy: {
    ...modern,
    version: adbVersionChecked,
    largestPayload: adbInitialPayload,
    features: [],
    bannerEndsWithNul: true,
    hasExec: false,
    legacyShellOnTerminal: true,
  },
} as const satisfies Record<string, AdbdProfile>;
