export { AdbError, type AdbErrorCode } from './adb-error.ts';
export type { AdbBanner } from './banner.ts';
export {
  type AdbCommandOptions,
  type AdbConnectOptions,
  type AdbDevice,
  type AdbShellOptions,
  connectAdb,
} from './device.ts';
export {
  type AdbKey,
  type AdbPublicKey,
  generateAdbKey,
  loadOrCreateAdbKey,
  parseAdbKey,
  parsePublicKey,
} from './key.ts';
export { legacyStatusSuffix, type ShellResult } from './shell.ts';
export type { AdbFileStat } from './sync-protocol.ts';
