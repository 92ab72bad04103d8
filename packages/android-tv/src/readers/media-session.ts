import { known, type PlaybackState, type Reader, type Reading } from './reading.ts';

/** android.media.session.PlaybackState's numbers; those not named here are 'other' (winding, skipping). */
const playbackStates: Readonly<Record<string, PlaybackState>> = {
  0: 'none',
  1: 'stopped',
  2: 'paused',
  3: 'playing',
  6: 'buffering',
  7: 'error',
  8: 'buffering',
  NONE: 'none',
  STOPPED: 'stopped',
  PAUSED: 'paused',
  PLAYING: 'playing',
  BUFFERING: 'buffering',
  CONNECTING: 'buffering',
  ERROR: 'error',
};

interface Session {
  package?: string;
  active?: string;
  state?: PlaybackState | null;
  description?: string;
}

/**
 * `dumpsys media_session`: the first session that is active (or does not say) and has a state. Apps lie: a session may
 * say "none" while its film plays, and an inactive one keeps a stale "playing".
 */
export const readMediaSession: Reader = (lines) => {
  const session = sessions(lines).find(
    ({ active, state }) => active !== 'false' && state !== undefined && state !== null,
  );
  if (!session?.state) return {};
  return known<Reading>({
    playbackState: session.state,
    playbackPackage: session.package,
    mediaDescription: session.description === 'null' ? undefined : session.description,
  });
};

/** A session begins with its "… (userId=0)" line; in a filtered dump, where a field comes a second time. */
function sessions(lines: readonly string[]): Session[] {
  const found: Session[] = [];
  let current: Session = {};
  const begin = () => {
    current = {};
    found.push(current);
  };
  const put = <Field extends keyof Session>(field: Field, value: Session[Field]) => {
    if (found.length === 0 || field in current) begin();
    current[field] = value;
  };
  for (const line of lines) {
    if (/\(userId=\d+\)\s*$/.test(line)) begin();
    const field = /^\s*(package|active|state|metadata)\s*[=:]\s*(.*)$/.exec(line);
    if (!field) continue;
    const text = field[2]!;
    if (field[1] === 'package') put('package', text.trim());
    else if (field[1] === 'active') put('active', text.trim());
    else if (field[1] === 'state' && /^(null|PlaybackState)/.test(text)) put('state', playbackState(text));
    else if (field[1] === 'metadata') {
      const description = /\bdescription=(.+)$/.exec(text)?.[1];
      if (description !== undefined) put('description', description);
    }
  }
  return found;
}

/** `PlaybackState {state=3, …` up to 13, `PlaybackState {state=PLAYING(3), …` since. */
function playbackState(text: string): PlaybackState | null {
  const state = /^PlaybackState\s*\{\s*state=(?:\w+\((\d+)\)|(\d+)|([A-Z_]+))/.exec(text);
  const key = state?.[1] ?? state?.[2] ?? state?.[3];
  return key === undefined ? null : (playbackStates[key] ?? 'other');
}
