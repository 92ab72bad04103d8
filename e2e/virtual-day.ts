import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Thing } from '@vakhta/api';
import { hours, type Instant, minutes, systemClock, systemRandom, type ThingId } from '@vakhta/kernel';
import { Observation } from '@vakhta/link';
import { VirtualClock } from '@vakhta/testkit';
import { encodeObservation } from '../apps/agent/src/outbox/encoded-observation.ts';
import { OutboxFile } from '../apps/agent/src/outbox/outbox-file.ts';

const EVERY = minutes(10);
const DAY = hours(24);
/** Of the day, in which the first TV is silent. */
export const SILENCE = { from: hours(3), to: hours(4) } as const;

/** How loud a TV of the virtual day is at a moment of it: every ten minutes another figure, every TV its own. */
export const volumeAt = (tv: number, sinceStart: number): number =>
  10 + ((Math.floor(sinceStart / EVERY) * 7 + tv) % 60);

/** On from six in the morning to midnight. */
export const powerAt = (sinceStart: number): string => (sinceStart < hours(6) ? 'asleep' : 'awake');

/** What is so all day. */
const STEADY = {
  connection: 'connected',
  cable: 'link',
  source: 'HDMI1',
  muted: false,
  foregroundApp: 'org.example.signage',
  playback: 'playing',
} as const;

/** Degrees: warm by day. */
const temperatureAt = (tv: number, sinceStart: number): number =>
  Math.round((44 + 9 * Math.sin((sinceStart / DAY) * 2 * Math.PI - 2) + (tv % 5)) * 10) / 10;

/**
 * Puts a day of the past into the outbox of the demo's agent, which must not run: it hands it over when it starts, as it
 * would after a day without a network. The TVs are louder and quieter, sleep at night, and the first is silent for an
 * hour. Returns how many observations that were.
 */
export function putVirtualDay(demoDirectory: string, things: readonly Thing[], start: Instant): number {
  const clock = new VirtualClock(start);
  const observations: Observation[] = [];
  const say = (fact: object) => observations.push(Observation.parse({ ...fact, at: clock.now() }));
  for (let since = 0; since < DAY; since += EVERY, clock.jump(EVERY))
    for (const [tv, { id }] of things.entries()) {
      const thing = id as ThingId;
      const put = (name: string, value: unknown) => say({ kind: 'property', thing, name, value });
      if (since === 0) {
        say({ kind: 'presence', thing, online: true });
        for (const [name, value] of Object.entries(STEADY)) put(name, value);
      }
      if (tv === 0 && since === SILENCE.from)
        say({
          kind: 'presence',
          thing,
          online: false,
          reason: { code: 'tv.unreachable', message: 'virtual night' },
        });
      if (tv === 0 && since === SILENCE.to) say({ kind: 'presence', thing, online: true });
      if (tv === 0 && since >= SILENCE.from && since < SILENCE.to) continue;
      put('volume', volumeAt(tv, since));
      put('power', powerAt(since));
      put('temperature', temperatureAt(tv, since));
      if (tv === 0 && since % hours(5) === 0) say({ kind: 'event', thing, name: 'cableLost', data: {} });
    }
  const directory = join(demoDirectory, 'demo-agent');
  const file = readdirSync(directory).find((name) => /^outbox-.*\.sqlite$/.test(name))!;
  const outbox = new OutboxFile(join(directory, file), { clock: systemClock, random: systemRandom });
  try {
    outbox.transact('append', () => outbox.insert(observations.map((fact) => encodeObservation(fact))));
  } finally {
    outbox.close();
  }
  return observations.length;
}
