import { type AppError, seededRandom, systemClock } from '@vakhta/kernel';
import { Mirror, type MirrorOptions, type MirrorState, type Source, type Target } from '@vakhta/mirror';

type Outcome = { readonly level: true } | { readonly level: false; readonly error: AppError };

/** One life of a mirror on the real clock: until it is level or fails for the first time. */
export async function runMirror(
  source: Source,
  target: Target,
  options: MirrorOptions = {},
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const onState = (state: MirrorState) => {
    if (state.state === 'level') resolve({ level: true });
    if (state.state === 'waiting') resolve({ level: false, error: state.error });
  };
  const mirror = new Mirror(
    { source, target, clock: systemClock, random: seededRandom(1) },
    { ...options, onState },
  );
  mirror.start();
  const outcome = await promise;
  await mirror.stop();
  return outcome;
}
