import { asInteger, firstMatch, known, type Reader } from './reading.ts';

/** Temperature.TYPE_CPU. */
const cpu = '0';

/**
 * `dumpsys thermalservice`. Only the section read from the hardware just now counts: the cached one above it can be
 * 25 °C off.
 */
export const readThermal: Reader = (lines) =>
  known({
    temperatureC: hottestCpu(lines),
    thermalStatus: asInteger(firstMatch(lines, /^\s*Thermal Status:\s*(\d+)/)),
  });

function hottestCpu(lines: readonly string[]): number | undefined {
  const start = lines.findIndex((line) => /^\s*Current temperatures from HAL:/.test(line));
  if (start < 0) return undefined;
  let hottest: number | undefined;
  for (const line of lines.slice(start + 1)) {
    if (!/^\s*Temperature\s*\{/.test(line)) {
      if (line.trim() === '') continue;
      break;
    }
    const value = /\bmValue=(-?\d+(?:\.\d+)?)(?:,|\s|\})/.exec(line)?.[1];
    if (value === undefined || /\bmType=(\d+)/.exec(line)?.[1] !== cpu) continue;
    const degrees = Number(value);
    hottest = hottest === undefined ? degrees : Math.max(hottest, degrees);
  }
  return hottest;
}
