import { meters as table } from '../../tables/meters.ts';

/** The lifetime meters of a machine, by code. They roll over as their size on the wire says (facts 6). */
export class MachineMeters {
  readonly #values = new Map<string, number>();
  readonly #live: (code: string) => number | undefined;

  /** `live` gives those that are balances, not sums. */
  constructor(live: (code: string) => number | undefined) {
    this.#live = live;
  }

  /** The value of a meter; undefined for a code that the machine does not keep. */
  read(code: string): number | undefined {
    if (!table.has(code)) return undefined;
    return this.#live(code) ?? this.#values.get(code) ?? 0;
  }

  set(code: string, value: number): void {
    this.#values.set(code, value);
  }

  add(code: string, amount: number): void {
    const size = table.get(code)?.bytes ?? 4;
    this.#values.set(code, ((this.#values.get(code) ?? 0) + amount) % 100 ** size);
  }

  entries(): ReadonlyMap<string, number> {
    return this.#values;
  }
}
