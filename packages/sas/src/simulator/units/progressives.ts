import type { Answer } from '../port/conversation.ts';
import type { Cabinet } from './cabinet.ts';

interface Win {
  readonly progressiveGroup: number;
  readonly level: number;
  readonly amountCents: number;
}

/** Facts 8.7: hears the levels of its group, tells wins by 56 until 85 or 87 took them. */
export class Progressives {
  readonly #cabinet: Cabinet;
  readonly #levels = new Map<number, number>();
  #wins: Win[] = [];
  #last: Win = { progressiveGroup: 0, level: 0, amountCents: 0 };

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  broadcast(group: number, levels: readonly { level: number; amountCents: number }[]): void {
    if (group !== this.#cabinet.setup.identity.progressiveGroup || group === 0) return;
    for (const { level, amountCents } of levels) this.#levels.set(level, amountCents);
  }

  /** What was broadcast last for a level, cents. */
  level(level: number): number | undefined {
    return this.#levels.get(level);
  }

  /** A level is hit: gives the win in cents, or undefined when nothing was broadcast for it. */
  hit(level: number): number | undefined {
    const amountCents = this.#levels.get(level);
    if (amountCents === undefined) return undefined;
    this.#last = { progressiveGroup: this.#cabinet.setup.identity.progressiveGroup, level, amountCents };
    this.#wins.push(this.#last);
    this.#cabinet.raise({ code: '56' });
    return amountCents;
  }

  /** Poll 85. */
  readOne(): Answer {
    const win = this.#wins[0];
    const none = { progressiveGroup: 0, level: 0, amountCents: 0 };
    return { kind: 'data', fields: { ...(win ?? none) }, ...(win ? { taken: () => this.#take([win]) } : {}) };
  }

  /** Poll 87. */
  readAll(): Answer {
    const wins = this.#wins.slice(0, 32);
    const group = wins[0]?.progressiveGroup ?? 0;
    const levels = wins.map(({ level, amountCents }) => ({ level, amountCents }));
    const fields = { progressiveGroup: group, wins: levels };
    return { kind: 'data', fields, ...(wins.length > 0 ? { taken: () => this.#take(wins) } : {}) };
  }

  /** Poll 84. */
  last(): Answer {
    return { kind: 'data', fields: { ...this.#last } };
  }

  #take(wins: readonly Win[]): void {
    this.#wins = this.#wins.filter((win) => !wins.includes(win));
    if (this.#wins.length > 0) this.#cabinet.raise({ code: '56' });
    else this.#cabinet.clear('56');
  }
}
