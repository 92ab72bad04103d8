import { asBoolean, asInteger, firstMatch, known, type Reader, type Wakefulness } from './reading.ts';

const wakefulnesses: readonly string[] = ['Awake', 'Asleep', 'Dreaming', 'Dozing'] satisfies Wakefulness[];
const isWakefulness = (text: string): text is Wakefulness => wakefulnesses.includes(text);

/**
 * `dumpsys power`. `mWakefulness=` is the most portable line of all (4.2 to 14). `Display Power:` carries a state up to
 * Android 11; from 12 on an object's name stands there, and the display's suspend blocker is the only evidence left.
 */
export const readPower: Reader = (lines) => {
  const wakefulness = firstMatch(lines, /^\s*mWakefulness=(\w+)/);
  return known({
    wakefulness: wakefulness !== undefined && isWakefulness(wakefulness) ? wakefulness : undefined,
    wakefulnessChanging: asBoolean(firstMatch(lines, /^\s*mWakefulnessChanging=(\w+)/)),
    screenOn: readScreenOn(lines, wakefulness),
    wakeLockCount: asInteger(firstMatch(lines, /Wake Locks:\s*size=(\d+)/)),
    bootCompleted: asBoolean(firstMatch(lines, /^\s*mBootCompleted=(\w+)/)),
  });
};

function readScreenOn(lines: readonly string[], wakefulness: string | undefined): boolean | undefined {
  const state = firstMatch(lines, /Display Power:\s*state=(\w+)/);
  if (state === 'ON') return true;
  if (state === 'OFF') return false;
  // DOZE and its like are neither.
  if (state !== undefined) return undefined;
  const block = lines.findIndex((line) => /^\s*Display Power State/.test(line));
  const screenOn = asBoolean(firstMatch(lines.slice(Math.max(block, 0)), /^\s*mScreenOn=(\w+)/));
  if (screenOn !== undefined) return screenOn;
  // Some sets keep the blocker while they are off, so it proves a lit display only beside an awake device.
  const holding = firstMatch(lines, /^\s*mHoldingDisplaySuspendBlocker=(\w+)/);
  return holding === 'true' && wakefulness === 'Awake' ? true : undefined;
}
