/** As many as a person still reads. */
const MOST = 12;

interface Findable {
  title: string;
  detail: string;
}

/**
 * The entries that have every word of the query in their title or detail, in any order; those whose title begins with
 * the query first, then those whose title has all of it.
 */
export function findEntries<Entry extends Findable>(entries: readonly Entry[], query: string): Entry[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join(' ');
  const ranked = entries.flatMap((entry, index) => {
    const title = entry.title.toLocaleLowerCase();
    const text = `${title} ${entry.detail.toLocaleLowerCase()}`;
    if (!words.every((word) => text.includes(word))) return [];
    const rank = title.startsWith(whole) ? 0 : words.every((word) => title.includes(word)) ? 1 : 2;
    return [{ entry, rank, index }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}
