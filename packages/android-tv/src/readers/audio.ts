import { asBoolean, asInteger, firstMatch, known, type Reader, type Reading } from './reading.ts';

const streamMusic = '3';

/**
 * The volume getter (`cmd media_session volume --get`, `media volume --get`) and the STREAM_MUSIC block of
 * `dumpsys audio`, with the list of players as a fallback for playback. The anchored "volume is" is the only figure of
 * the getter that is one: "stream=3" and "set volume to index=10" stand on lines above it.
 */
export const readAudio: Reader = (lines, command) => ({
  ...readPlayers(lines),
  ...readMusicBlock(lines),
  ...readGetter(lines, command),
});

function readGetter(lines: readonly string[], command: string): Reading {
  const stream =
    firstMatch(lines, /will control stream=(\d+)/) ?? /--stream\s+(\d+)/.exec(command)?.[1] ?? streamMusic;
  if (stream !== streamMusic) return {};
  for (const line of lines) {
    const found = /\bvolume is (\d+) in range \[(-?\d+)\.\.(-?\d+)\]/.exec(line);
    if (found) return { volume: Number(found[1]), volumeMin: Number(found[2]), volumeMax: Number(found[3]) };
  }
  return {};
}

/** The lines of the stream's block: up to the next stream, or to the end, since the last one has no closing line. */
function musicBlock(lines: readonly string[]): string[] | undefined {
  const start = lines.findIndex((line) => /^\s*- STREAM_MUSIC\b/.test(line));
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*- STREAM_/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

function readMusicBlock(lines: readonly string[]): Reading {
  const block = musicBlock(lines);
  if (!block) return {};
  // "Muted Internally:" (14) is another thing; "Mute count:" is what Android 4 and 5 print.
  const muteCount = asInteger(firstMatch(block, /^\s*Mute count:\s*(\d+)/));
  // 'hdmi(400)' on Android 14; several devices, separated by blanks or commas: the first is the one in use.
  const device = /^([^\s,(]+)(?:\(([0-9a-f]+)\))?/i.exec(firstMatch(block, /^\s*Devices:(.*)$/) ?? '');
  const streamVolume = asInteger(firstMatch(block, /^\s*streamVolume:\s*(-?\d+)/));
  return known({
    muted:
      asBoolean(firstMatch(block, /^\s*Muted:\s*(\w+)/)) ??
      (muteCount === undefined ? undefined : muteCount > 0),
    volumeMin: asInteger(firstMatch(block, /^\s*Min:\s*(-?\d+)/)),
    volumeMax: asInteger(firstMatch(block, /^\s*Max:\s*(-?\d+)/)),
    audioDevice: device?.[1],
    volume: streamVolume ?? indexOnDevice(firstMatch(block, /^\s*Current:(.*)$/), device?.[1], device?.[2]),
  });
}

interface DeviceIndex {
  code: string;
  name: string | undefined;
  index: number;
}

/** The entry of `Current: 2 (speaker): 20, 40000 (hmdi_arc): 27, 40000000 (default): 15` for the device in use. */
function indexOnDevice(
  current: string | undefined,
  device: string | undefined,
  code: string | undefined,
): number | undefined {
  if (current === undefined || device === undefined) return undefined;
  const entries: DeviceIndex[] = Array.from(
    current.matchAll(/\b([0-9a-f]+)(?:\s*\(([^)]*)\))?:\s*(-?\d+)/gi),
    (found) => ({ code: found[1]!, name: found[2], index: Number(found[3]) }),
  );
  // A device without an entry of its own has the default's index (AudioService.VolumeStreamState.getIndex).
  const entry =
    entries.find(({ name }) => name === device) ??
    entries.find((candidate) => candidate.code === code) ??
    entries.find(({ name }) => name === 'default');
  return entry?.index;
}

/**
 * The players of Android 8 and later. "Buffer Queue" players are kept started by apps that play nothing; lines of the
 * event history have a state too, but no type.
 */
function readPlayers(lines: readonly string[]): Reading {
  const states = lines
    .filter((line) => /\btype:/.test(line) && !line.includes('(Buffer Queue)'))
    .map((line) => /\bstate:(\w+)/.exec(line)?.[1]);
  if (states.includes('started')) return { playbackState: 'playing' };
  if (states.includes('paused')) return { playbackState: 'paused' };
  return {};
}
