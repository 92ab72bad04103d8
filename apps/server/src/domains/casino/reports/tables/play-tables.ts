import { sql } from 'kysely';
import { ratio } from '../../arithmetic/rounding.ts';
import { daysBetween } from '../../game-days/game-day.ts';
import { listMachines, type Machine } from '../../hall/machine.ts';
import { figuresOf, winPerUnitPerDay } from '../figures.ts';
import { floorNow } from '../floor-now.ts';
import { creditsChanges, identityDifference } from '../play.ts';
import { amountMovedOf, inRange, type MachineMoves, movedByMachine, type Range } from '../range.ts';
import { sessions } from '../sessions.ts';
import { columns, iso, type Period, type ReportDeclaration, type ReportView } from './table.ts';

const rangeOf = ({ first, last, between, machine }: Period): Range => ({
  ...(between ? { between } : { gameDays: [first, last] }),
  ...(machine !== undefined && { machines: [machine] }),
});

async function machinesOf(hall: ReportView, { machine }: Period): Promise<Machine[]> {
  return (await listMachines(hall)).filter(({ id }) => machine === undefined || id === machine);
}

/** Report 1: the floor now. */
export const floorReport: ReportDeclaration = {
  title: 'Floor now',
  columns: columns(
    ['position', 'Position'],
    ['asset', 'Asset'],
    ['state:word', 'State'],
    ['credits:credits', 'Credits'],
    ['player', 'Player'],
    ['coinIn:minor', 'Coin-in today', '00'],
    ['won:minor', 'Won today', '01', '02'],
    ['win:minor', 'Win today', '00', '01', '02'],
    ['hold:percent', 'Hold', '00', '01', '02'],
    ['par:percent', 'Par'],
    ['drop:minor', 'Drop today', '24'],
    ['lastGameAt:time', 'Last game'],
    ['openAlerts:count', 'Open alerts'],
    ['link:word', 'Link'],
  ),
  read: async (hall) =>
    (await floorNow(hall)).map((one) => ({
      position: one.position,
      asset: one.machine,
      state: one.state,
      credits: one.credits,
      player: one.player,
      coinIn: one.today.coinInMinor,
      won: one.today.totalWonMinor,
      win: one.today.winMinor,
      hold: one.today.holdPct,
      par: one.parHoldPct,
      drop: one.today.dropMinor,
      lastGameAt: one.lastGameAt,
      openAlerts: one.openAlerts.length,
      link: one.link,
    })),
};

/** Report 2: each machine in the game days. */
export const machineReport: ReportDeclaration = {
  title: 'Machine game-day',
  columns: columns(
    ['asset', 'Asset'],
    ['position', 'Position'],
    ['serial', 'Serial'],
    ['denomination:minor', 'Denomination'],
    ['par:percent', 'Par'],
    ['coinIn:minor', 'Coin-in', '00'],
    ['machinePaid:minor', 'Machine paid', '01'],
    ['jackpots:minor', 'Jackpots', '02'],
    ['totalWon:minor', 'Total won', '01', '02'],
    ['win:minor', 'Win', '00', '01', '02'],
    ['hold:percent', 'Hold', '00', '01', '02'],
    ['theoreticalHold:percent', 'Theoretical hold'],
    ['variance:points', 'Variance'],
    ['theoreticalWin:minor', 'Theoretical win', '00'],
    ['projectedVariance:minor', 'Projected variance'],
    ['bills:minor', 'Bills', '0B'],
    ['aftCashable:minor', 'AFT cashable', 'A0'],
    ['aftRestricted:minor', 'AFT restricted', 'A2'],
    ['aftNonrestricted:minor', 'AFT nonrestricted', 'A4'],
    ['drop:minor', 'Drop', '24'],
    ['cancelledHandpaid:minor', 'Cancelled, hand-paid', '03'],
    ['aftOut:minor', 'AFT out', 'B8'],
    ['creditsChange:credits', 'Credits, change', '0C'],
    ['identityDifference:credits', 'Identity difference', '00', '01', '04', '0C', '24'],
    ['games:count', 'Games', '05'],
    ['averageBet:minor', 'Average bet', '00', '05'],
    ['minutesPlayed:minutes', 'Minutes carded'],
    ['resets:count', 'Resets'],
    ['gaps:count', 'Unknown gaps'],
    ['flags:word', 'Flags'],
  ),
  async read(hall, period) {
    const gameDays = [period.first, period.last] as const;
    const movements = await movedByMachine(hall, gameDays);
    const credits = await creditsChanges(hall, { gameDays });
    const minutes = await cardedMinutes(hall, period);
    const epochs = await closedEpochs(hall, period);
    return (await machinesOf(hall, period)).map((machine) => {
      const { moved, late, unsplit } = movements.get(machine.id) ?? standstill;
      const figures = figuresOf(moved);
      const creditsChange = credits.get(machine.id) ?? 0;
      const closed = epochs.get(machine.id) ?? [];
      return {
        asset: machine.id,
        position: machine.position,
        serial: machine.serial,
        denomination: machine.denominationMinor,
        par: machine.parHoldPct,
        coinIn: figures.coinInMinor,
        machinePaid: figures.machinePaidMinor,
        jackpots: figures.jackpotMinor,
        totalWon: figures.totalWonMinor,
        win: figures.winMinor,
        hold: figures.holdPct,
        theoreticalHold: figures.theoreticalHoldPct,
        variance: figures.holdVariancePp,
        theoreticalWin: figures.theoreticalWinMinor,
        projectedVariance: figures.projectedVarianceMinor,
        bills: amountMovedOf(moved, '0B'),
        aftCashable: amountMovedOf(moved, 'A0'),
        aftRestricted: amountMovedOf(moved, 'A2'),
        aftNonrestricted: amountMovedOf(moved, 'A4'),
        drop: figures.dropMinor,
        cancelledHandpaid: amountMovedOf(moved, '03'),
        aftOut: amountMovedOf(moved, 'B8'),
        creditsChange,
        identityDifference: identityDifference(moved, creditsChange),
        games: figures.games,
        averageBet: figures.avgBetMinor,
        minutesPlayed: minutes.get(machine.id) ?? 0,
        resets: closed.filter(({ closed_by }) => closed_by === 'reset').length,
        gaps: closed.filter(({ gap }) => gap === 'unknown').length,
        flags: [late && 'late', unsplit && 'spans_boundary'].filter(Boolean).join(', '),
      };
    });
  },
};

const standstill: MachineMoves = { moved: [], late: false, unsplit: false };

/** Whole minutes that guests sat at each machine. */
async function cardedMinutes({ tx, organisation, hall, now }: ReportView, { from, to }: Period) {
  const { rows } = await sql<{ machine: string; minutes: number }>`
    select machine,
           floor(sum(extract(epoch from least(coalesce(to_at, ${now}), ${to}) - greatest(from_at, ${from}))) / 60)::bigint
             as minutes
    from casino_sessions
    where org_id = ${organisation} and hall_id = ${hall} and from_at < ${to} and coalesce(to_at, ${now}) > ${from}
    group by 1`.execute(tx);
  return new Map(rows.map(({ machine, minutes }) => [machine, minutes]));
}

async function closedEpochs({ tx, hall }: ReportView, { from, to }: Period) {
  const closed = await tx
    .selectFrom('casino_epochs')
    .select(['machine', 'closed_by', 'gap'])
    .where('hall_id', '=', hall)
    .where('closed_at', '>=', from)
    .where('closed_at', '<', to)
    .execute();
  return Map.groupBy(closed, ({ machine }) => machine);
}

/** Report 3: by denomination, and the whole floor. */
export const summaryReport: ReportDeclaration = {
  title: 'Denomination and floor summary',
  columns: columns(
    ['group:denomination', 'Group'],
    ['machines:count', 'Machines'],
    ['coinIn:minor', 'Coin-in', '00'],
    ['win:minor', 'Win', '00', '01', '02'],
    ['combinedHold:percent', 'Combined hold'],
    ['floorPar:percent', 'Floor par'],
    ['variance:points', 'Variance'],
    ['projectedVariance:minor', 'Projected variance'],
    ['winPerUnitPerDay:minor', 'Win per unit per day'],
    ['shareOfWin:percent', 'Share of win'],
    ['shareOfFloor:percent', 'Share of floor'],
  ),
  async read(hall, period) {
    const machines = await machinesOf(hall, period);
    const days = daysBetween(period.first, period.last);
    const byMachine = await movedByMachine(hall, [period.first, period.last]);
    const figuresOfGroup = (group: readonly Machine[]) =>
      figuresOf(group.flatMap(({ id }) => byMachine.get(id)?.moved ?? []));
    const all = figuresOfGroup(machines);
    const line = (group: string, of: readonly Machine[]) => {
      const figures = figuresOfGroup(of);
      return {
        group,
        machines: of.length,
        coinIn: figures.coinInMinor,
        win: figures.winMinor,
        combinedHold: figures.holdPct,
        floorPar: figures.theoreticalHoldPct,
        variance: figures.holdVariancePp,
        projectedVariance: figures.projectedVarianceMinor,
        winPerUnitPerDay: winPerUnitPerDay(figures.winMinor, of.length, days),
        shareOfWin: ratio(BigInt(figures.winMinor) * 100n, all.winMinor),
        shareOfFloor: ratio(of.length * 100, machines.length),
      };
    };
    const groups = Map.groupBy(machines, ({ denominationMinor }) => denominationMinor);
    return [
      ...[...groups].sort(([a], [b]) => a - b).map(([denomination, of]) => line(`${denomination}`, of)),
      line('floor', machines),
    ];
  },
};

/** Report 4: each movement of a meter. */
export const meterLogReport: ReportDeclaration = {
  title: 'Meter log',
  columns: columns(
    ['at:time', 'Time'],
    ['asset', 'Asset'],
    ['epoch:count', 'Epoch'],
    ['code:meter', 'Code'],
    ['previous:count', 'Previous'],
    ['current:count', 'Current'],
    ['delta:count', 'Delta'],
    ['kind:word', 'Kind'],
    ['amount:minor', 'Amount'],
    ['gameDay', 'Game day'],
    ['fact:count', 'Journal entry'],
    ['late:word', 'Late'],
  ),
  async read(hall, period) {
    const { rows } = await sql<{
      at: Date;
      machine: string;
      epoch: number;
      code: string;
      from_value: number;
      to_value: number;
      delta: number;
      kind: string;
      amount_minor: number | null;
      game_day: string;
      fact_id: number;
      late: boolean;
    }>`select r.* from casino_rows r where ${inRange(hall, rangeOf(period), period.codes)} order by r.at, r.id`.execute(
      hall.tx,
    );
    return rows.map((row) => ({
      at: row.at.toISOString(),
      asset: row.machine,
      epoch: row.epoch,
      code: row.code,
      previous: row.from_value,
      current: row.to_value,
      delta: row.delta,
      kind: row.kind,
      amount: row.amount_minor,
      gameDay: row.game_day,
      fact: row.fact_id,
      late: row.late ? 'late' : null,
    }));
  },
};

/** Report 11: sessions, the original drill-down and what it lacked. */
export const sessionReport: ReportDeclaration = {
  title: 'Player sessions',
  columns: columns(
    ['player', 'Player'],
    ['asset', 'Asset'],
    ['from:time', 'From'],
    ['to:time', 'To'],
    ['turnover:minor', 'Turnover', '00'],
    ['won:minor', 'Won', '01', '02'],
    ['result:minor', 'House result', '00', '01', '02'],
    ['games:count', 'Games', '05'],
    ['averageBet:minor', 'Average bet', '00', '05'],
    ['playerWin:percent', 'Win, the guest’s', '00', '01', '02'],
    ['hold:percent', 'Hold', '00', '01', '02'],
    ['drop:minor', 'Drop', '24'],
    ['theoreticalWin:minor', 'Theoretical win', '00'],
    ['minutes:minutes', 'Minutes'],
    ['closedBy:word', 'Closed by'],
  ),
  async read(hall, period) {
    const lines = await sessions(hall, { machine: period.machine, between: period });
    return lines.map((one) => ({
      player: one.player,
      asset: one.machine,
      from: one.from.toISOString(),
      to: iso(one.to),
      turnover: one.coinInMinor,
      won: one.totalWonMinor,
      result: one.winMinor,
      games: one.games,
      averageBet: one.avgBetMinor,
      playerWin: one.playerWinPct,
      hold: one.holdPct,
      drop: one.dropMinor,
      theoreticalWin: one.theoreticalWinMinor,
      minutes: one.minutes,
      closedBy: one.closedBy,
    }));
  },
};
