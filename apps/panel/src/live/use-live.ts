import type { Thing } from '@vakhta/api';
import type { LinkState } from '@vakhta/sdk';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { thingAsOf, usePast } from '../past/past.ts';
import type { KnownCommand } from './command-store.ts';
import { commands, link, things } from './live.ts';

const never = () => () => {};

/** Hears of one topic; the same function between renders, so that React does not subscribe anew at each. */
function useTopic(
  subscribe: (topic: string, listener: () => void) => () => void,
  topic: string,
  active: boolean,
) {
  return useCallback(
    (listener: () => void) => (active ? subscribe(topic, listener) : never()),
    [subscribe, topic, active],
  );
}

const toThing = (id: string, listener: () => void) => things.subscribe(id, listener);
const toCommandsOf = (thing: string, listener: () => void) => commands.subscribe(`thing:${thing}`, listener);
const toAllCommands = (listener: () => void) => commands.subscribe('all', listener);

/** A thing as it is now, or was then where the page shows the past. While not `active` (a card out of sight) it keeps still. */
export function useThing(id: string, active = true): Thing | undefined {
  const past = usePast();
  const thing = useSyncExternalStore(useTopic(toThing, id, active), () => things.get(id));
  return useMemo(() => (past && thing ? thingAsOf(thing, past) : thing), [past, thing]);
}

/** The command last requested of a thing. */
export const useLatestCommand = (thing: string, active = true): KnownCommand | undefined =>
  useSyncExternalStore(useTopic(toCommandsOf, thing, active), () => commands.latestOf(thing));

/** All known commands, newest first. */
export const useRecentCommands = (): readonly KnownCommand[] =>
  useSyncExternalStore(toAllCommands, () => commands.recent());

export const useLink = (): LinkState => useSyncExternalStore(link.subscribe, link.get);
