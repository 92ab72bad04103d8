import type { Site, Thing } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import { type Condition, conditionOf } from '../../ui/condition.ts';
import type { DeskSearch } from './desk-search.ts';

interface DeskSection {
  site: Site | undefined;
  things: Thing[];
}

export interface DeskView {
  /** Sites with what is shown of them, by name; things by name, numbers in them as numbers. */
  sections: DeskSection[];
  /** How many are in each condition, before the condition itself is filtered by. */
  counts: Record<Condition, number>;
  total: number;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** What the desk shows of all things. A search looks in the names of the thing and of its site. */
export function viewDesk(
  things: Iterable<Thing>,
  { q, site, group, state }: DeskSearch,
  sites: ReadonlyMap<string, Site>,
  models: ReadonlyMap<string, ThingModel>,
): DeskView {
  const counts: Record<Condition, number> = { online: 0, attention: 0, offline: 0 };
  const sections = new Map<string, DeskSection>();
  const words = q?.toLocaleLowerCase().split(/\s+/).filter(Boolean) ?? [];
  let total = 0;
  for (const thing of things) {
    if (site !== undefined && thing.site !== site) continue;
    if (group !== undefined && !thing.groups.includes(group)) continue;
    const of = sites.get(thing.site);
    const text = `${thing.name} ${of?.name ?? ''}`.toLocaleLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const condition = conditionOf(thing, models.get(thing.model));
    counts[condition] += 1;
    total += 1;
    if (state !== undefined && condition !== state) continue;
    const section = sections.get(thing.site) ?? { site: of, things: [] };
    section.things.push(thing);
    sections.set(thing.site, section);
  }
  const sorted = [...sections.values()].sort((a, b) =>
    collator.compare(a.site?.name ?? '', b.site?.name ?? ''),
  );
  for (const section of sorted) section.things.sort((a, b) => collator.compare(a.name, b.name));
  return { sections: sorted, counts, total };
}
