import { useTick } from '../../ui/tick.ts';

/** Whole minutes since an instant, kept current; undefined where there is none. */
export const useMinutesSince = (since: string | null): number | undefined => {
  const minutes = useTick((now) =>
    since === null ? -1 : Math.max(0, Math.floor((now - Date.parse(since)) / 60_000)),
  );
  return minutes < 0 ? undefined : minutes;
};
