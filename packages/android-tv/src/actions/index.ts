import type { Json } from '@vakhta/kernel';
import type { ActionOutcome } from '@vakhta/things';
import type { TvAction } from '../model/android-tv.ts';
import type { ActingTv } from './acting-tv.ts';
import { launchApp, stopApp } from './apps.ts';
import { next, pause, play, playPause, pressKey, previous, stopPlayback } from './keys.ts';
import { mainsCycle, mainsOff, mainsOn } from './mains.ts';
import { powerOff, powerOn } from './power.ts';
import { reboot } from './restart.ts';
import { screenshot } from './screenshot.ts';
import { setSource } from './source.ts';
import { setMuted, setVolume, volumeDown, volumeUp } from './volume.ts';

/** Carries out an action; refusals are outcomes, a lost connection throws. */
export type ActionHandler = (tv: ActingTv, input: Record<string, Json>) => Promise<ActionOutcome>;

/** The model's actions and what carries them out. */
export const actionHandlers: Record<TvAction, ActionHandler> = {
  powerOn,
  powerOff,
  mainsOn,
  mainsOff,
  mainsCycle,
  setSource,
  setVolume,
  volumeUp,
  volumeDown,
  setMuted,
  play,
  pause,
  stopPlayback,
  playPause,
  next,
  previous,
  pressKey,
  launchApp,
  stopApp,
  reboot,
  screenshot,
};
