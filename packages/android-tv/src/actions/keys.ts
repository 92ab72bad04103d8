import type { Json } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import { appsSource } from '../driver/input-names.ts';
import { type RemoteKey, remoteKey } from '../keys/remote-keys.ts';
import { type ActingTv, failed, notObservable, notSeen, observed } from './acting-tv.ts';

/** `cmd media_session dispatch` came with Android 11 (before it, the slower program `media`). */
const canDispatch = (tv: ActingTv): boolean => (tv.tv.capabilities.sdk ?? 0) >= 30;

/** The quick way for media keys where there is one, else the key itself. */
async function sendKey(tv: ActingTv, key: RemoteKey): Promise<void> {
  if (key.dispatch !== undefined && canDispatch(tv)) {
    const [answer = ''] = await tv.send([`cmd media_session dispatch ${key.dispatch}`], 'playback');
    if (!/error|unknown|exception|usage/i.test(answer)) return;
  }
  await tv.press([key.code], ...(key.group === 'playback' ? (['playback'] as const) : []));
}

export async function pressKey(tv: ActingTv, input: Record<string, Json>): Promise<ActionOutcome> {
  const key = remoteKey(String(input.key));
  if (!key) return failed('tv.no_such_key', `there is no key '${input.key}'`);
  // POWER toggles: pressed in the middle of a change it would undo it.
  if (key.name === 'POWER' && !(await isSettled(tv)))
    return failed('tv.changing', 'the TV is just switching on or off');
  await sendKey(tv, key);
  if (key.name === 'HOME') await tv.tv.askedFor(appsSource);
  return notObservable('the TV does not tell what it did with the key');
}

async function isSettled(tv: ActingTv): Promise<boolean> {
  await tv.read('power');
  return tv.observe(['power'], () => tv.tv.knowledge.reading.wakefulnessChanging !== true, 3000);
}

/** A playback key whose effect a media session shows. */
const playbackKey = (name: string, wanted: readonly string[]) => {
  return async (tv: ActingTv): Promise<ActionOutcome> => {
    await sendKey(tv, remoteKey(name)!);
    const playback = () => tv.tv.value('playback');
    const seen = await tv.observe(['playback'], () => wanted.includes(String(playback())), 4000);
    if (seen) return observed({ playback: playback() });
    return playback() === null
      ? notObservable('no app on the TV tells what it plays')
      : notSeen('playback', playback(), `the app says '${playback()}'`);
  };
};

const unseenKey = (name: string) => async (tv: ActingTv) => {
  await sendKey(tv, remoteKey(name)!);
  return notObservable('the TV does not tell what it did with the key');
};

export const play = playbackKey('MEDIA_PLAY', ['playing', 'buffering']);
export const pause = playbackKey('MEDIA_PAUSE', ['paused']);
export const stopPlayback = playbackKey('MEDIA_STOP', ['stopped', 'none']);
export const next = unseenKey('MEDIA_NEXT');
export const previous = unseenKey('MEDIA_PREVIOUS');

/** Turns what was read before it round. */
export async function playPause(tv: ActingTv): Promise<ActionOutcome> {
  const before = tv.tv.value('playback');
  await sendKey(tv, remoteKey('MEDIA_PLAY_PAUSE')!);
  if (before !== 'playing' && before !== 'paused')
    return notObservable('no app on the TV tells what it plays');
  const seen = await tv.observe(['playback'], () => tv.tv.value('playback') !== before, 4000);
  return seen
    ? observed({ playback: tv.tv.value('playback') })
    : notSeen('playback', before, `the app still says '${before}'`);
}
