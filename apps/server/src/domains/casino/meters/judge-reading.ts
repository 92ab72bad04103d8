import { limitOf, type MeterDigits, type MeterLimits, modulusOf, unitOf } from './meter-codes.ts';

/** Where a code stands: the last value taken into account, and that of an excessive delta which waits for a decision. */
export interface MeterStand {
  base: number;
  /** The open held delta of this code. */
  held?: { id: number; kind: 'regression' | 'excessive'; value: number };
}
export type Meters = Record<string, MeterStand>;

export type Finding =
  /** The first value of a code: nothing moved yet. */
  | { finding: 'baseline'; code: string; value: number }
  | { finding: 'same'; code: string; heals: boolean }
  | {
      finding: 'moved';
      code: string;
      from: number;
      value: number;
      delta: number;
      kind: 'normal' | 'rollover';
      heals: boolean;
    }
  /** Goes on from a held value; what was held stays held. */
  | { finding: 'beyondHeld'; code: string; from: number; value: number; delta: number }
  | {
      finding: 'held';
      code: string;
      kind: 'regression' | 'excessive';
      from: number;
      value: number;
      delta: number;
      limit: number;
      /** A regression that healed, and jumped too far in the same step. */
      heals: boolean;
    }
  | { finding: 'stillHeld'; code: string };

export type Verdict =
  | { verdict: 'reset'; values: readonly (readonly [code: string, value: number])[] }
  | { verdict: 'counted'; hasRollover: boolean; findings: Finding[] };

export interface JudgedMachine extends MeterLimits {
  meterDigits: MeterDigits;
  /** A clear was announced, or an exception told of one since the last reset. */
  clearExpected: boolean;
}

/** Judges one reading as a whole against where the meters stood. `since` and `at`: instants of both readings. */
export function judgeReading(
  values: Readonly<Record<string, number>>,
  stands: Readonly<Meters>,
  machine: JudgedMachine,
  { since, at }: { since: number | undefined; at: number },
): Verdict {
  const counted = Object.entries(values)
    .filter(([code]) => unitOf(code) !== 'gauge')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const limit = (code: string) => limitOf(code, machine, since, at);
  const onward = (code: string, value: number, base: number) =>
    value + modulusOf(code, machine.meterDigits) - base;

  const fallen = counted.filter(([code, value]) => stands[code] && value < stands[code].base);
  const implausible = fallen.filter(([code, value]) => onward(code, value, stands[code]!.base) > limit(code));
  if (fallen.length > 0 && (machine.clearExpected || (fallen.length >= 2 && implausible.length > 0)))
    return { verdict: 'reset', values: counted };

  const findings = counted.map(([code, value]): Finding => {
    const stand = stands[code];
    if (!stand) return { finding: 'baseline', code, value };
    const { base, held } = stand;
    const most = limit(code);
    if (value < base) {
      const delta = onward(code, value, base);
      if (delta <= most)
        return {
          finding: 'moved',
          code,
          from: base,
          value,
          delta,
          kind: 'rollover',
          heals: held !== undefined,
        };
      if (held) return { finding: 'stillHeld', code };
      return {
        finding: 'held',
        code,
        kind: 'regression',
        from: base,
        value,
        delta: value - base,
        limit: most,
        heals: false,
      };
    }
    const delta = value - base;
    const heals = held !== undefined;
    if (delta === 0) return { finding: 'same', code, heals };
    if (delta <= most) return { finding: 'moved', code, from: base, value, delta, kind: 'normal', heals };
    if (held?.kind === 'excessive') {
      if (value < held.value || value - held.value > most) return { finding: 'stillHeld', code };
      return { finding: 'beyondHeld', code, from: held.value, value, delta: value - held.value };
    }
    return { finding: 'held', code, kind: 'excessive', from: base, value, delta, limit: most, heals };
  });
  return {
    verdict: 'counted',
    hasRollover: findings.some((one) => one.finding === 'moved' && one.kind === 'rollover'),
    findings,
  };
}
