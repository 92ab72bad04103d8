import { asInteger, known, type Reader, type TvInputEntry } from './reading.ts';

/** TvInputManager.INPUT_STATE_*. */
const inputStates: Readonly<Record<string, TvInputEntry['state']>> = {
  0: 'connected',
  1: 'standby',
  2: 'disconnected',
};

/** One `Connection{ mHardwareInfo: … }` line: a physical input and who holds it. */
export interface HardwareConnection {
  inputId: string | undefined;
  hdmiPort: number | undefined;
  /** An app holds it, so that it is what the panel shows. */
  held: boolean;
}

/**
 * `dumpsys tv_input`: the inputs that exist and the one that is live. A session's `inputId:` is the live one; the
 * hardware connection that an app holds (`mCallingUid` a number) gives its HDMI port. `HWn` in an id is the vendor's
 * numbering, not a port.
 */
export const readTvInput: Reader = (lines) => {
  const inputs = inputMap(lines);
  const held = readHardwareConnections(lines).filter((connection) => connection.held);
  const activeInputId = liveSession(lines, held) ?? agreed(held.map(({ inputId }) => inputId));
  const shown = held.filter(
    ({ inputId }) => inputId === undefined || !activeInputId || inputId === activeInputId,
  );
  return known({
    inputs: inputs.length > 0 ? inputs : undefined,
    activeInputId,
    hdmiPort: agreed(shown.map(({ hdmiPort }) => hdmiPort)),
  });
};

function inputMap(lines: readonly string[]): TvInputEntry[] {
  const entries = new Map<string, TvInputEntry>();
  for (const line of lines) {
    const found = /^\s*(\S+): info: TvInputInfo\{.*\}; state: (\d+)/.exec(line);
    const state = inputStates[found?.[2] ?? ''];
    if (found?.[1] && state && !entries.has(found[1])) entries.set(found[1], { id: found[1], state });
  }
  return [...entries.values()];
}

/** Every hardware connection of the dump: the table from input ids to HDMI ports, and who holds which. */
export function readHardwareConnections(lines: readonly string[]): HardwareConnection[] {
  return lines.flatMap((line) => {
    const connection = /Connection\{\s*mHardwareInfo:(.*)$/.exec(line)?.[1];
    if (connection === undefined) return [];
    return [
      {
        inputId: /TvInputInfo\{id=([^,}\s]+)/.exec(connection)?.[1],
        hdmiPort: asInteger(/\bhdmi_port=(\d+)/.exec(connection)?.[1]),
        held: /\bmCallingUid: \d+/.test(connection),
      },
    ];
  });
}

/** The session's input. Where several sessions are open (picture in picture), the held hardware or `isCurrent` decides. */
function liveSession(lines: readonly string[], held: readonly HardwareConnection[]): string | undefined {
  const ids: { id: string; current: boolean }[] = [];
  for (const line of lines) {
    const id = /^\s*inputId:\s*(\S+)/.exec(line)?.[1];
    if (id !== undefined && id !== 'null') ids.push({ id, current: false });
    const last = ids.at(-1);
    if (last && /^\s*isCurrent:\s*true/.test(line)) last.current = true;
  }
  return (
    agreed(ids.map(({ id }) => id)) ??
    agreed(ids.filter(({ current }) => current).map(({ id }) => id)) ??
    agreed(ids.filter(({ id }) => held.some(({ inputId }) => inputId === id)).map(({ id }) => id))
  );
}

/** The one value all agree on; two different ones say that it is not known. */
function agreed<T>(values: readonly (T | undefined)[]): T | undefined {
  const distinct = new Set(values.filter((value) => value !== undefined));
  return distinct.size === 1 ? [...distinct][0] : undefined;
}
