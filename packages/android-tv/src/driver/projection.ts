import type { Json } from '@vakhta/kernel';
import type { TvProperty } from '../model/android-tv.ts';
import type { HardwareConnection, Reading } from '../readers/index.ts';
import { appsSource, nameInputs } from './input-names.ts';

/** All that was read of a TV, the latest of each. */
export interface Knowledge {
  reading: Reading;
  hardware: readonly HardwareConnection[];
  apps: readonly string[] | undefined;
  /** What we asked for ourselves, if anything. */
  sourceAsked: string | undefined;
}

/** Properties that are readings of the TV itself; the rest is the agent's own knowledge. */
export type ReadProperty = Exclude<TvProperty, 'connection' | 'mains' | 'cable'>;

/** What the readings say in the model's words. `null` where they do not tell. */
export function project({ reading, hardware, apps, sourceAsked }: Knowledge): Record<ReadProperty, Json> {
  const inputs = nameInputs(reading.inputs ?? [], hardware);
  const nameOf = (id: string | undefined) =>
    inputs.find((input) => input.id === id)?.name ?? id?.split('/').at(-1);
  const states = new Map(reading.inputs?.map(({ id, state }) => [id, state]));
  return {
    power: reading.wakefulness === undefined ? null : powerWord[reading.wakefulness],
    screenOn: reading.screenOn ?? null,
    volume: reading.volume ?? null,
    volumeMax: reading.volumeMax ?? null,
    muted: reading.muted ?? null,
    audioDevice: reading.audioDevice ?? null,
    source: actualSource(reading, nameOf) ?? null,
    sourceAsked: sourceAsked ?? nameOf(reading.requestedInputId) ?? null,
    inputs: reading.inputs
      ? inputs.map(({ id, name, label }) => ({ value: name, label, state: states.get(id) ?? 'disconnected' }))
      : null,
    foregroundApp: reading.foregroundPackage ?? null,
    apps: apps ? [...apps] : null,
    playback: reading.playbackState ?? null,
    playingTitle: title(reading.mediaDescription),
    uptime: reading.uptimeSeconds === undefined ? null : Math.floor(reading.uptimeSeconds),
    temperature: reading.temperatureC ?? null,
    memoryAvailable: bytes(reading.memAvailableKb),
    memoryTotal: bytes(reading.memTotalKb),
    storageFree: bytes(reading.storageFreeKb),
    storageTotal: bytes(reading.storageTotalKb),
    manufacturer: reading.manufacturer ?? null,
    model: reading.model ?? null,
    serial: reading.serial ?? null,
    androidRelease: reading.androidRelease ?? null,
    macAddress: reading.macAddress ?? null,
  };
}

const powerWord = { Awake: 'awake', Asleep: 'asleep', Dreaming: 'dreaming', Dozing: 'dozing' } as const;

/** The live input; where the TV lists its inputs and none is live, its own interface is what is on the screen. */
function actualSource(
  { activeInputId, hdmiPort, inputs }: Reading,
  nameOf: (id: string | undefined) => string | undefined,
): string | undefined {
  if (hdmiPort !== undefined) return `HDMI${hdmiPort}`;
  return nameOf(activeInputId) ?? (inputs ? appsSource : undefined);
}

const bytes = (kib: number | undefined): number | null => (kib === undefined ? null : kib * 1024);

/** MediaDescription prints "title, subtitle, description", each of which may be the word null. */
function title(description: string | undefined): string | null {
  const parts = description?.split(', ').filter((part) => part !== 'null' && part !== '') ?? [];
  return parts.length > 0 ? [...new Set(parts)].join(', ') : null;
}
