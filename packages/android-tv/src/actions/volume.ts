import type { Json } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { remoteKey } from '../keys/remote-keys.ts';
import type { SectionName } from '../shell/sections.ts';
import { type ActingTv, failed, notSeen, observed } from './acting-tv.ts';

const up = remoteKey('VOLUME_UP')!.code;
const down = remoteKey('VOLUME_DOWN')!.code;
/** Not KEYCODE_MUTE (91), which is the microphone's. */
const muteKey = remoteKey('VOLUME_MUTE')!.code;

const volumeSection = (tv: ActingTv): SectionName =>
  tv.tv.capabilities.hasVolumeGetter ? 'volume' : 'audio';

/** `cmd media_session` since 11, the program `media` from 7 to 10. */
function setter(tv: ActingTv, volume: number): string | undefined {
  const { sdk = 0, hasVolumeGetter } = tv.tv.capabilities;
  if (!hasVolumeGetter) return undefined;
  return sdk >= 30
    ? `cmd media_session volume --show --stream 3 --set ${volume}`
    : `media volume --show --stream 3 --set ${volume}`;
}

export async function setVolume(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const wanted = Number(input.volume);
  const section = volumeSection(tv);
  if (tv.tv.value('volumeMax') === null) await tv.read(section);
  const max = tv.tv.value('volumeMax');
  if (typeof max === 'number' && wanted > max)
    return failed('tv.out_of_range', `this TV's loudest is ${max}`, { volumeMax: max });
  const command = setter(tv, wanted);
  if (command === undefined) return setByKeys(tv, wanted);
  await tv.send([command], section);
  const seen = await tv.observe([section], () => tv.tv.value('volume') === wanted, 5000);
  return seen
    ? observed({ volume: wanted })
    : notSeen('volume', tv.tv.value('volume'), 'its volume may be fixed, as over HDMI or ARC');
}

/** Where nothing sets a volume: as many presses as there are steps, counted anew from what the TV then says. */
async function setByKeys(tv: ActingTv, wanted: number): Promise<ActionOutcome> {
  await tv.read('audio');
  let unchanged = 0;
  while (unchanged < 2 && tv.remaining > 0) {
    const volume = tv.tv.value('volume');
    if (typeof volume !== 'number') return failed('tv.volume_unknown', 'the TV does not tell its volume');
    if (volume === wanted) return observed({ volume });
    const steps = Math.min(Math.abs(wanted - volume), 10);
    await tv.press(new Array<number>(steps).fill(wanted > volume ? up : down), 'audio');
    unchanged = tv.tv.value('volume') === volume ? unchanged + 1 : 0;
  }
  return notSeen('volume', tv.tv.value('volume'), 'its volume may be fixed, as over HDMI or ARC');
}

/** One step, as the remote control does it: so a sound system behind CEC hears it too. */
function step(code: number, limit: 'volumeMax' | 'none') {
  return (tv: ActingTv): Promise<ActionOutcome> => {
    const section = volumeSection(tv);
    // The step counts from the volume at the key's own turn: the keys before it in the queue may change it too.
    return tv.parts.inputQueue.run(async () => {
      const before = tv.tv.value('volume');
      await tv.send([`input keyevent ${code}`], section);
      const atEnd = (): boolean => {
        const volume = tv.tv.value('volume');
        return volume === before && volume === (limit === 'none' ? 0 : tv.tv.value('volumeMax'));
      };
      const seen = await tv.observe([section], () => tv.tv.value('volume') !== before || atEnd(), 3000);
      if (!seen) return notSeen('volume', before, 'its volume may be fixed, as over HDMI or ARC');
      return observed(
        { volume: tv.tv.value('volume') },
        atEnd() ? 'already at the end of its range' : undefined,
      );
    });
  };
}

export const volumeUp = step(up, 'volumeMax');
export const volumeDown = step(down, 'none');

/** The key toggles, so the state is read first. */
export async function setMuted(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const wanted = input.muted === true;
  return tv.parts.inputQueue.run(async () => {
    await tv.read('audio');
    if (tv.tv.value('muted') === null)
      return failed('tv.sound_unknown', 'the TV does not tell whether it is muted');
    if (tv.tv.value('muted') === wanted) return observed({ muted: wanted }, 'it was so already');
    await tv.send([`input keyevent ${muteKey}`], volumeSection(tv), 'audio');
    const seen = await tv.observe(['audio'], () => tv.tv.value('muted') === wanted, 3000);
    return seen
      ? observed({ muted: wanted })
      : notSeen('muted', tv.tv.value('muted'), 'the key had no effect');
  });
}
