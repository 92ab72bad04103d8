import { useQuery } from '@tanstack/react-query';
import { type Command, routes } from '@vakhta/api';
import { api } from '../app/api.ts';
import { useLatestCommand } from './use-live.ts';

export interface KnownPicture {
  path: string;
  /** ISO 8601: when it was brought. */
  at: string;
}

const NEWEST = 500;
function pictureOf({ outcome, at }: Pick<Command, 'outcome' | 'at'>): KnownPicture | undefined {
  return outcome?.picture === undefined
    ? undefined
    : { path: outcome.picture, at: at.finished ?? at.requested };
}

/** The newest picture of each thing that an action brought: one question for the whole desk. */
const usePictures = (action: string) =>
  useQuery({
    queryKey: ['pictures', action],
    queryFn: async (): Promise<ReadonlyMap<string, KnownPicture>> => {
      const { items } = await api.call(routes.listCommands, {
        query: { action, state: 'succeeded', limit: NEWEST },
      });
      const newest = new Map<string, KnownPicture>();
      for (const command of items) {
        const picture = command.action === action ? pictureOf(command) : undefined;
        if (picture && !newest.has(command.thing)) newest.set(command.thing, picture);
      }
      return newest;
    },
  }).data;

/** The last picture known of a thing. */
export function usePicture(thing: string, action: string): KnownPicture | undefined {
  const listed = usePictures(action)?.get(thing);
  const last = useLatestCommand(thing);
  const live = last?.action === action ? pictureOf(last) : undefined;
  return live && (!listed || live.at >= listed.at) ? live : listed;
}
