import { integerBetween, type Random } from '@vakhta/kernel';

/** Every kind of fault the simulation knows. */
export const faultKinds = [
  'frame lost',
  'frame doubled',
  'frame delayed past others',
  'connection cut',
  'agent killed before a write',
  'agent killed after a write',
  'server killed before a commit',
  'server killed after a commit',
  'transaction rolled back',
  'disk full',
  'clock jumped',
  'driver crashed',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Counts what was really injected. */
export class FaultCount<Kind extends string = FaultKind> {
  readonly #counts: Map<Kind, number>;

  constructor(kinds: readonly Kind[]) {
    this.#counts = new Map(kinds.map((kind) => [kind, 0]));
  }

  add(kind: Kind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  addAll(other: FaultCount<Kind>): void {
    for (const [kind, count] of other.#counts) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  get entries(): [Kind, number][] {
    return [...this.#counts];
  }
}

/** Decides by chance which fault strikes where; says nothing once the run heals. */
export class FaultPlan {
  readonly count = new FaultCount(faultKinds);
  readonly #random: Random;
  #healed = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Whether this fault strikes now, one time in `oneIn`. */
  strikes(kind: FaultKind, oneIn: number): boolean {
    if (this.#healed || integerBetween(this.#random, 1, oneIn) !== 1) return false;
    this.count.add(kind);
    return true;
  }

  heal(): void {
    this.#healed = true;
  }

  get isHealed(): boolean {
    return this.#healed;
  }
}
