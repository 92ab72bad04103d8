import type { Instant, Json } from '@vakhta/kernel';

/** What a rule looks for in the facts, after its kind. Rules on absence look at no facts and are not here. */
export type Condition =
  | { kind: 'threshold'; direction: 'above' | 'below'; limit: number; margin: number }
  | { kind: 'state'; comparison: 'equals' | 'differs'; value: string }
  | { kind: 'event' | 'agentEvent'; times: number; within: number };

/** How a rule's condition stands with one thing or agent. */
export interface Standing {
  holds: boolean;
  /** When it began to hold or not to hold; for events, when the last one came. */
  since: Instant;
  value: Json;
  logId: number;
  /** When the events came that still count. */
  recent: Instant[];
}

export interface Fact {
  id: number;
  data: Json;
  at: Instant;
}

/** A rule compares texts: what is no text is compared as JSON writes it. */
const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * Takes one fact into a condition. The same facts in the same order always give the same standing, so that it can be
 * derived anew from the log.
 */
export function foldCondition(condition: Condition, before: Standing | undefined, fact: Fact): Standing {
  switch (condition.kind) {
    case 'threshold':
      return settle(
        before,
        fact,
        typeof fact.data === 'number' ? passes(condition, before, fact.data) : undefined,
      );
    case 'state': {
      // Unknown is neither equal nor different.
      if (fact.data === null) return settle(before, fact, undefined);
      const equal = asText(fact.data) === condition.value;
      return settle(before, fact, equal === (condition.comparison === 'equals'));
    }
    case 'event':
    case 'agentEvent':
      return countEvent(condition, before, fact);
  }
}

/** Past the limit it holds; once it does, only a value back behind the margin ends it. */
function passes(
  { direction, limit, margin }: Extract<Condition, { kind: 'threshold' }>,
  before: Standing | undefined,
  value: number,
): boolean {
  const beyond = direction === 'above' ? value - limit : limit - value;
  return beyond > 0 || (before?.holds === true && beyond > -margin);
}

/** `holds` undefined: the fact does not tell, and what was known stays. */
function settle(before: Standing | undefined, fact: Fact, holds: boolean | undefined): Standing {
  const now = holds ?? before?.holds ?? false;
  const changed = before === undefined || before.holds !== now;
  return {
    holds: now,
    since: changed ? fact.at : before.since,
    value: fact.data,
    logId: changed ? fact.id : before.logId,
    recent: [],
  };
}

function countEvent(
  { times, within }: Extract<Condition, { kind: 'event' | 'agentEvent' }>,
  before: Standing | undefined,
  fact: Fact,
): Standing {
  const recent = [...(before?.recent ?? []), fact.at]
    .filter((at) => at > fact.at - within * 1000)
    .slice(-times);
  const holds = recent.length >= times;
  // One event too few leaves an alert that is open as it is: only time clears it.
  if (!holds && before?.holds) return { ...before, recent };
  return { holds, since: fact.at, value: fact.data, logId: fact.id, recent };
}
