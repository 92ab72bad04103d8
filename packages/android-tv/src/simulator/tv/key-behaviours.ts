import { remoteKey, remoteKeyByCode } from '../../keys/remote-keys.ts';
import type { SimulatedSession, SimulatedTv } from './simulated-tv.ts';

type Behaviour = (tv: SimulatedTv) => void;

/** A sleeping TV hears nothing but its power keys. */
const awake =
  (behaviour: Behaviour): Behaviour =>
  (tv) => {
    if (tv.wakefulness !== 'Asleep') behaviour(tv);
  };

const wake: Behaviour = (tv) => tv.setWakefulness('Awake');
const toSleep: Behaviour = (tv) => tv.setWakefulness('Asleep');

const showPort = (port: number) =>
  awake((tv) => {
    const input = tv.inputs.find(({ hdmiPort }) => hdmiPort === port);
    if (input) tv.showInput(input);
  });

const playback = (state: (before: SimulatedSession['state']) => SimulatedSession['state']): Behaviour =>
  awake((tv) => {
    if (tv.session) tv.session.state = state(tv.session.state);
  });

const turn = (step: 1 | -1) =>
  awake((tv) => {
    const clip = Number(/(\d+)$/.exec(tv.session?.title ?? '')?.[1] ?? 1);
    if (tv.session) tv.session.title = `${tv.name}: ролик ${Math.max(1, clip + step)}`;
  });

const byName: Readonly<Record<string, Behaviour>> = {
  POWER: (tv) => (tv.wakefulness === 'Asleep' ? wake(tv) : toSleep(tv)),
  TV_POWER: (tv) => (tv.wakefulness === 'Asleep' ? wake(tv) : toSleep(tv)),
  WAKEUP: wake,
  SLEEP: toSleep,
  SOFT_SLEEP: toSleep,
  HOME: awake((tv) => tv.goHome()),
  BACK: awake((tv) => tv.goHome()),
  VOLUME_UP: awake((tv) => tv.setVolume(tv.volume + 1)),
  VOLUME_DOWN: awake((tv) => tv.setVolume(tv.volume - 1)),
  VOLUME_MUTE: awake((tv) => {
    tv.muted = !tv.muted;
  }),
  TV_INPUT_HDMI_1: showPort(1),
  TV_INPUT_HDMI_2: showPort(2),
  TV_INPUT_HDMI_3: showPort(3),
  TV_INPUT_HDMI_4: showPort(4),
  TV: awake((tv) => {
    const tuner = tv.inputs.find(({ hdmiPort }) => hdmiPort === undefined);
    if (tuner) tv.showInput(tuner);
  }),
  MEDIA_PLAY: playback(() => 'playing'),
  MEDIA_PAUSE: playback(() => 'paused'),
  MEDIA_PLAY_PAUSE: playback((before) => (before === 'playing' ? 'paused' : 'playing')),
  MEDIA_STOP: playback(() => 'stopped'),
  MEDIA_NEXT: turn(1),
  MEDIA_PREVIOUS: turn(-1),
};

/** What the set does when a key comes, by key code. A key that is not here moves something on the screen at most. */
export const keyBehaviours: Readonly<Record<number, Behaviour>> = Object.fromEntries(
  Object.entries(byName).map(([name, behaviour]) => [remoteKey(name)!.code, behaviour]),
);

/** Presses a key, as `input keyevent` does and as the set's own remote control does. */
export function pressKey(tv: SimulatedTv, code: number): void {
  const key = remoteKeyByCode(code);
  tv.record('keyevent', { code, key: key?.name ?? null });
  tv.lastKey = key?.name ?? String(code);
  keyBehaviours[code]?.(tv);
}
