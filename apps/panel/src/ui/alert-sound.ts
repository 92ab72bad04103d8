import type { AlertSeverity } from '@vakhta/api';
import { useCallback, useSyncExternalStore } from 'react';

const STORED = 'vakhta-alert-sound';
const listeners = new Set<() => void>();
const isOn = (): boolean => localStorage.getItem(STORED) !== 'off';
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Hertz, one after another: a notice makes no sound, and what is critical sounds like nothing else on the desk. */
const tunes: Readonly<Record<AlertSeverity, readonly number[]>> = {
  notice: [],
  warning: [660, 880],
  critical: [880, 660, 880, 660, 880],
};
const TONE = 0.18;
const LOUDNESS = 0.22;

let context: AudioContext | undefined;

/** Made of tones: no file to load, so it sounds though the server be gone. A browser may keep silent until it was clicked. */
function sound(severity: AlertSeverity): void {
  context ??= new AudioContext();
  void context.resume();
  const start = context.currentTime;
  for (const [index, frequency] of tunes[severity].entries()) {
    const at = start + index * TONE;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    // Without a swell each tone would begin and end with a click.
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
    volume.gain.linearRampToValueAtTime(0, at + TONE);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE);
  }
}

/** Whether this device sounds alerts, and the sound. */
export function useAlertSound() {
  const on = useSyncExternalStore(subscribe, isOn);
  const toggle = useCallback(() => {
    localStorage.setItem(STORED, isOn() ? 'off' : 'on');
    for (const listener of listeners) listener();
    // The click that switches it on is what allows the browser to sound, and lets it be heard at once.
    if (isOn()) sound('warning');
  }, []);
  const play = useCallback((severity: AlertSeverity) => {
    if (isOn()) sound(severity);
  }, []);
  return { on, toggle, play };
}
