import type { Selectable } from 'kysely';
import type { CasinoTransfers } from '../../../platform/postgres/schema.ts';
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
  hall: HallRef,
  { machine, gameDay, flows }: { machine: string; gameDay: string; flows: readonly FlowName[] },
): Promise<Reconciliation> {
  const [found] = await reconcileEach(hall, { machine, gameDays: [gameDay, gameDay], flows });
  return found?.reconciliation ?? reconciliationOf(noEvidence, flows);
}

/** The same for each machine and game day that has anything to compare, by day and machine. */
export async function reconcileEach(
  hall: HallRef,
  asked: { machine?: string | undefined; gameDays: readonly [string, string]; flows: readonly FlowName[] },
): Promise<{ machine: string; gameDay: string; reconciliation: Reconciliation }[]> {
  const evidence = await readEvidence(hall, asked);
  return [...evidence.values()]
    .map(({ machine, gameDay, ...of }) => ({
      machine,
      gameDay,
      reconciliation: reconciliationOf(of, asked.flows),
    }))
    .sort((a, b) => (a.gameDay < b.gameDay || (a.gameDay === b.gameDay && a.machine < b.machine) ? -1 : 1));
}

type Transfer = Pick<
  Selectable<CasinoTransfers>,
  'key' | 'kind' | 'direction' | 'amount_minor' | 'applied_minor' | 'corrected' | 'decision'
>;

/** What is compared: of one machine in one game day. */
interface Evidence {
  /** Amounts by meter. */
  metered: Map<string, number>;
  /** In the order in which they were asked for. */
  transfers: Transfer[];
  handpaysMinor: number;
}

type Compared = Evidence & { machine: string; gameDay: string };

const noEvidence: Evidence = { metered: new Map(), transfers: [], handpaysMinor: 0 };

async function readEvidence(
  { tx, hall }: HallRef,
  { machine, gameDays: [first, last] }: { machine?: string | undefined; gameDays: readonly [string, string] },
): Promise<Map<string, Compared>> {
  const all = new Map<string, Compared>();
  const evidenceOf = (row: { machine: string; gameDay: string }) => {
    const key = `${row.gameDay} ${row.machine}`;
    const known: Compared = all.get(key) ?? { ...row, metered: new Map(), transfers: [], handpaysMinor: 0 };
    all.set(key, known);
    return known;
  };
  let moves = tx
    .selectFrom('casino_day_moves')
    .select((eb) => ['machine', 'game_day', 'code', eb.fn.sum<string>('amount_minor').as('amount')])
    .where('hall_id', '=', hall)
    .where('game_day', '>=', first)
    .where('game_day', '<=', last)
    .where('code', 'in', Object.values(metersOf).flat())
    .groupBy(['machine', 'game_day', 'code']);
  let transfers = tx
    .selectFrom('casino_transfers')
    .selectAll()
    .where('hall_id', '=', hall)
    .where('final_day', '>=', first)
    .where('final_day', '<=', last)
    .orderBy('id');
  let handpays = tx
    .selectFrom('casino_handpays')
    .select(['machine', 'locked_day', 'paid_minor'])
    .where('hall_id', '=', hall)
    .where('locked_day', '>=', first)
    .where('locked_day', '<=', last);
  if (machine !== undefined) {
    moves = moves.where('machine', '=', machine);
    transfers = transfers.where('machine', '=', machine);
    handpays = handpays.where('machine', '=', machine);
  }
  for (const { machine: of, game_day: gameDay, code, amount } of await moves.execute())
    evidenceOf({ machine: of, gameDay }).metered.set(code, Number(amount));
  for (const transfer of await transfers.execute())
    evidenceOf({ machine: transfer.machine, gameDay: transfer.final_day! }).transfers.push(transfer);
  for (const { machine: of, locked_day: gameDay, paid_minor } of await handpays.execute())
    evidenceOf({ machine: of, gameDay }).handpaysMinor += paid_minor;
  return all;
}

function reconciliationOf(
  { metered, transfers, handpaysMinor }: Evidence,
  flows: readonly FlowName[],
): Reconciliation {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const flowOf = (name: FlowName): Flow => {
    const own = transfers.filter(
      ({ kind, direction }) => (direction === 'toHost' ? 'toHost' : kind) === name,
    );
    const recordedMinor =
      name === 'handpay' ? handpaysMinor : sum(own.map(({ applied_minor }) => applied_minor));
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
