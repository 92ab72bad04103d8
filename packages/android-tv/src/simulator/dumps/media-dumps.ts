import type { SimulatedSession, SimulatedTv } from '../tv/simulated-tv.ts';

/** The STREAM_MUSIC block changed with the versions: a mute count, a flag, then the volume in use beside the table. */
export function dumpAudio(tv: SimulatedTv): string {
  const { outputs, inUse, max } = tv.profile.audio;
  const { sdk } = tv.profile;
  const current = outputs
    .map(({ code, name }) => `${code} (${name}): ${tv.volumes.get(name) ?? 0}`)
    .join(', ');
  const device = outputs.find(({ name }) => name === inUse);
  const mute = sdk >= 23 ? `   Muted: ${tv.muted}\n` : `   Mute count: ${tv.muted ? 1 : 0}\n`;
  return `MediaFocusControl dump time: 9:00:59 AM

Audio Focus stack entries (last is top of stack):

Stream volumes (device: index)
- STREAM_VOICE_CALL:
${sdk >= 23 ? '   Muted: false\n   Min: 1\n' : '   Mute count: 0\n'}   Max: 5
   Current: 40000000 (default): 4
   Devices: ${inUse}
- STREAM_MUSIC:
${mute}${sdk >= 34 ? '   Muted Internally: false\n' : ''}${sdk >= 23 ? '   Min: 0\n' : ''}   Max: ${max}
${sdk >= 30 ? `   streamVolume:${tv.muted ? 0 : tv.volume}\n` : ''}   Current: ${current}, 40000000 (default): ${tv.profile.audio.start}
   Devices: ${inUse}${sdk >= 34 ? `(${device?.code})` : ''}
${sdk >= 34 ? '   Volume Group: music\n\n' : ''}- STREAM_ALARM:
   Muted: false
   Min: 1
   Max: 7
   Current: 40000000 (default): 6
   Devices: ${inUse}

Ringer mode: NORMAL
`;
}

/** The getter of a muted TV says 0, as AudioManager.getStreamVolume does. */
export function volumeAnswer(tv: SimulatedTv, set: number | undefined, get: boolean): string {
  const tag = tv.profile.sdk >= 30 ? '[V]' : '[v]';
  const lines = ['will control stream=3 (STREAM_MUSIC)'];
  if (set !== undefined) lines.push(`will set volume to index=${set}`);
  if (get) lines.push('will get volume');
  lines.push('Connecting to AudioService');
  if (get) lines.push(`volume is ${tv.muted ? 0 : tv.volume} in range [0..${tv.profile.audio.max}]`);
  return lines.map((line) => `${tag} ${line}\n`).join('');
}

const stateNumbers: Record<SimulatedSession['state'], number> = { stopped: 1, paused: 2, playing: 3 };

/** Named states came with 13; the packages' inactive session is one that was left behind. */
export function dumpMediaSession(tv: SimulatedTv): string {
  const { session } = tv;
  const state = (name: SimulatedSession['state']) =>
    tv.profile.sdk >= 33 ? `${name.toUpperCase()}(${stateNumbers[name]})` : String(stateNumbers[name]);
  const stale = `    Bluetooth com.android.bluetooth/Bluetooth (userId=0)
      ownerPid=2010, ownerUid=1002, userId=0
      package=com.android.bluetooth
      active=false
      flags=0
      state=PlaybackState {state=${state('playing')}, position=0, buffered position=0, speed=1.0, updated=0, actions=0}
      metadata: size=0, description=null
`;
  const live = session
    ? `    player ${session.package}/player (userId=0)
      ownerPid=15067, ownerUid=10205, userId=0
      package=${session.package}
      launchIntent=PendingIntent{67354e7: PendingIntentRecord{4a3b894 ${session.package} startActivity}}
      active=true
      flags=3
      state=PlaybackState {state=${state(session.state)}, position=${tv.uptime % 30_000}, buffered position=0, speed=1.0, updated=20635777, actions=7095245, custom actions=[], active item id=0, error=null}
      audioAttrs=AudioAttributes: usage=USAGE_MEDIA content=CONTENT_TYPE_MUSIC flags=0x800 tags= bundle=null
      metadata: size=4, description=${session.title}, null, null
`
    : '';
  return `MEDIA SESSION SERVICE (dumpsys media_session)

${session ? '2' : '1'} sessions listeners.
Media button session is ${session ? `${session.package}/player (userId=0)` : 'null'}
  Sessions Stack - have ${session ? 2 : 1} sessions:
${stale}${live}`;
}
