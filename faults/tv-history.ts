import type { JournalLine } from '@vakhta/testkit/processes';

/** What can happen to a TV without the desk's doing, by the property that tells it. */
export type ToldBy = 'power' | 'mains' | 'cable';

/** One change of the world, as the TV itself wrote it down. */
export interface Change {
  tv: string;
  property: ToldBy;
  from: string;
  to: string;
  at: number;
}

/** Somebody in the room pressed POWER, which no command of these runs does. */
const POWER = 26;

/** Reads the TVs' own journal, from its beginning, for what happened to them. They begin awake, powered and plugged in. */
export function changesIn(journal: readonly JournalLine[]): Change[] {
  const asleep = new Set<string>();
  return journal.flatMap(({ tv, did, detail, at }): Change[] => {
    const change = (property: ToldBy, from: string, to: string) => [{ tv, property, from, to, at }];
    switch (did) {
      case 'mains':
        return detail.on ? change('mains', 'off', 'on') : change('mains', 'on', 'off');
      case 'cable':
        return detail.plugged
          ? change('cable', 'noLinkFault', 'link')
          : change('cable', 'link', 'noLinkFault');
      case 'keyevent': {
        if (detail.code !== POWER) return [];
        if (asleep.delete(tv)) return change('power', 'asleep', 'awake');
        asleep.add(tv);
        return change('power', 'awake', 'asleep');
      }
      default:
        return [];
    }
  });
}

/** What commands made the TVs do: how often, by TV and effect ('volume 17', 'key W'). */
export function effectsIn(journal: readonly JournalLine[]): Map<string, number> {
  const effects = new Map<string, number>();
  for (const { tv, did, detail } of journal) {
    const effect =
      did === 'volume'
        ? `volume ${detail.set}`
        : did === 'keyevent' && detail.code !== POWER
          ? `key ${detail.key}`
          : undefined;
    if (effect !== undefined) effects.set(`${tv} ${effect}`, (effects.get(`${tv} ${effect}`) ?? 0) + 1);
  }
  return effects;
}
