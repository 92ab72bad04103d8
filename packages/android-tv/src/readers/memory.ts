import { asInteger, firstMatch, known, type Reader } from './reading.ts';

/** `/proc/meminfo`; its "kB" are KiB. Kernels before 3.14 do not print MemAvailable. */
export const readMemory: Reader = (lines) =>
  known({
    memTotalKb: asInteger(firstMatch(lines, /^\s*MemTotal:\s*(\d+) kB/)),
    memAvailableKb: asInteger(firstMatch(lines, /^\s*MemAvailable:\s*(\d+) kB/)),
  });

/** `/proc/uptime`: seconds since boot, seconds idle. */
export const readUptime: Reader = (lines, command) => {
  if (!command.includes('/proc/uptime')) return {};
  const seconds = firstMatch(lines, /^\s*(\d+(?:\.\d+)?)\s+\d+(?:\.\d+)?\s*$/);
  return known({ uptimeSeconds: seconds === undefined ? undefined : Number(seconds) });
};
