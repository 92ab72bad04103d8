import { percentage } from '../arithmetic/rounding.ts';
import type { HallRef } from '../hall/hall.ts';

export const transferFlows = ['cashable', 'restricted', 'nonrestricted', 'toHost'] as const;
export const flowNames = [...transferFlows, 'handpay'] as const;
export type FlowName = (typeof flowNames)[number];

/** The machine's meters of each flow. */
const metersOf: Readonly<Record<FlowName, readonly string[]>> = {
  cashable: ['A0'],
  restricted: ['A2'],
  nonrestricted: ['A4'],
  toHost: ['B8'],
  handpay: ['02', '03'],
};

export interface Flow {
  recordedMinor: number;
  meteredMinor: number;
  /** Recorded less metered. */
  varianceMinor: number;
  variancePct: string | null;
  /** What corrections signed by two persons account for. */
  explainedMinor: number;
}

export interface Reconciliation {
  flows: Partial<Record<FlowName, Flow>>;
  /** Keys of transfers decided as not applied that would account for a variance. */
  candidates: string[];
}

/** What we recorded of a machine's money in one game day, beside what its own meters say. */
export async function reconcile(
  { tx, hall }: HallRef,
  { machine, gameDay, flows }: { machine: string; gameDay: string; flows: readonly FlowName[] },
): Promise<Reconciliation> {
  const rows = await tx
    .selectFrom('casino_day_moves')
    .select((eb) => ['code', eb.fn.sum<string>('amount_minor').as('amount')])
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('game_day', '=', gameDay)
    .groupBy('code')
    .execute();
  const metered = new Map(rows.map(({ code, amount }) => [code, Number(amount)]));
  const transfers = await tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('final_day', '=', gameDay)
    .orderBy('id')
    .execute();
  const handpays = await tx
    .selectFrom('casino_handpays')
    .select('paid_minor')
    .where('hall_id', '=', hall)
    .where('machine', '=', machine)
    .where('locked_day', '=', gameDay)
    .execute();
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

  const flowOf = (name: FlowName): Flow => {
    const own = transfers.filter(
      ({ kind, direction }) => (direction === 'toHost' ? 'toHost' : kind) === name,
    );
    const recordedMinor = sum(
      name === 'handpay'
        ? handpays.map(({ paid_minor }) => paid_minor)
        : own.map(({ applied_minor }) => applied_minor),
    );
    const meteredMinor = sum(metersOf[name].map((code) => metered.get(code) ?? 0));
    const varianceMinor = recordedMinor - meteredMinor;
    const corrected = sum(own.filter((one) => one.corrected).map(({ amount_minor }) => amount_minor));
    return {
      recordedMinor,
      meteredMinor,
      varianceMinor,
      variancePct: percentage(varianceMinor, meteredMinor),
      explainedMinor: corrected === 0 ? 0 : -corrected,
    };
  };
  const result: Reconciliation = { flows: {}, candidates: [] };
  for (const name of flows) result.flows[name] = flowOf(name);
  const variances = new Set(Object.values(result.flows).map(({ varianceMinor }) => Math.abs(varianceMinor)));
  result.candidates = transfers
    .filter(({ decision, amount_minor }) => decision === 'notApplied' && variances.has(amount_minor))
    .map(({ key }) => key);
  return result;
}
