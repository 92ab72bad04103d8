/** What became of one scored item. */
export interface Score {
  readonly id: string;
  readonly part: string;
  /** Undefined when it passed. */
  readonly failure: string | undefined;
}

/** Runs one check; whatever it throws is its failure, since a vector file is somebody else's. */
export function judge(id: string, part: string, check: () => string | undefined): Score {
  try {
    return { id, part, failure: check() };
  } catch (error) {
    return { id, part, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** How an item calls itself, for people. */
export const idOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : '(no id)';
