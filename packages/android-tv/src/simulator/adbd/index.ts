export { type AdbdFileEntry, type AdbdFiles, MemoryFiles } from './adbd-files.ts';
export type { AdbdCommandIo, AdbdCommandResult, AdbdHost } from './adbd-host.ts';
export { type AdbdProfile, adbdProfiles } from './adbd-profile.ts';
export { type AdbdFault, type AdbdServer, type AdbdServerOptions, startAdbd } from './adbd-server.ts';
