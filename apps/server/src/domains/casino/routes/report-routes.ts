import { createHash } from 'node:crypto';
import { type CasinoReport, type CasinoReportName, casinoReportRoutes as routes } from '@vakhta/api';
import { canonicalJson } from '@vakhta/kernel';
import type { Api } from '../../../core/access/api.ts';
import type { MemberNames } from '../../../core/access/member-names.ts';
import type { Principal } from '../../../core/access/principal.ts';
import { HttpProblem } from '../../../platform/http/http-problem.ts';
import { VERSION } from '../../../version.ts';
import { isClosed } from '../game-days/days.ts';
import { daysBetween, gameDayBounds, gameDayOf, nextDate } from '../game-days/game-day.ts';
import { toCsv } from '../reports/csv.ts';
import { reports } from '../reports/tables/reports.ts';
import { toXlsx } from '../reports/xlsx.ts';
import type { ActDeps } from './acts.ts';
import { type HallView, inHall } from './in-hall.ts';

const LONGEST_DAYS = 400;

interface Asked {
  first?: string | undefined;
  last?: string | undefined;
  machine?: string | undefined;
  codes?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  limit?: number | undefined;
}

export function casinoReportRoutes(api: Api, deps: ActDeps & { memberNames: MemberNames }): void {
  const read = async (principal: Principal, hall: string, name: CasinoReportName, asked: Asked) => {
    const { report, minorDigits } = await inHall(deps, principal, hall, async (view) => ({
      report: await readReport(view, principal, name, asked),
      minorDigits: view.settings.minorDigits,
    }));
    const names = await deps.memberNames(principal.organisation, membersIn(report));
    const people = [...names].map(([member, name]) => ({ member, name }));
    return { report: { ...report, people }, minorDigits };
  };

  api.implement(
    routes.readCasinoReport,
    async ({ principal, params, query }) => (await read(principal, params.hall, params.report, query)).report,
  );

  api.implement(routes.readCasinoReportCsv, async ({ principal, params, query, reply }) => {
    const { report } = await read(principal, params.hall, params.report, query);
    void reply.header('content-disposition', attachment(report, 'csv')).send(toCsv(report));
    return undefined;
  });

  api.implement(routes.readCasinoReportXlsx, async ({ principal, params, query, reply }) => {
    const { report, minorDigits } = await read(principal, params.hall, params.report, query);
    void reply
      .header('content-disposition', attachment(report, 'xlsx'))
      .send(await toXlsx(report, minorDigits));
    return undefined;
  });
}

const attachment = ({ report, period }: CasinoReport, ending: string): string =>
  `attachment; filename="${report}-${period.first}-${period.last}.${ending}"`;

function membersIn({ generatedBy, columns, rows }: CasinoReport): string[] {
  const names = columns.filter(({ unit }) => unit === 'member').map(({ name }) => name);
  const ids = rows.flatMap((row) => names.map((name) => row[name]).filter((id) => typeof id === 'string'));
  return [...new Set([generatedBy, ...ids])];
}

async function readReport(
  hall: HallView,
  principal: Principal,
  name: CasinoReportName,
  asked: Asked,
): Promise<CasinoReport> {
  const { settings, now } = hall;
  const first = asked.first ?? gameDayOf(now, settings);
  const last = asked.last ?? first;
  if (last < first)
    throw new HttpProblem('invalid_field', 'the last day is before the first', {
      field: 'last',
      rule: 'minimum',
    });
  if (daysBetween(first, last) > LONGEST_DAYS)
    throw new HttpProblem('invalid_field', `a report spans at most ${LONGEST_DAYS} days`, {
      field: 'last',
      rule: 'maximum',
    });
  const from = new Date(gameDayBounds(first, settings).from);
  const to = new Date(gameDayBounds(last, settings).to);
  const { title, columns, read } = reports[name];
  const rows = await read(hall, {
    first,
    last,
    from,
    to,
    machine: asked.machine,
    codes: asked.codes?.split(','),
    between: asked.from && asked.to ? { from: new Date(asked.from), to: new Date(asked.to) } : undefined,
  });
  const site = await hall.tx
    .selectFrom('sites')
    .select('name')
    .where('id', '=', hall.hall)
    .executeTakeFirstOrThrow();
  return {
    report: name,
    title,
    site: { id: hall.hall, name: site.name, timeZone: settings.timeZone, currency: settings.currency },
    period: { first, last, from: from.toISOString(), to: to.toISOString() },
    generatedAt: now.toISOString(),
    generatedBy: principal.member,
    people: [],
    version: VERSION,
    machine: asked.machine ?? null,
    state: (await areClosed(hall, first, last)) ? 'closed' : 'provisional',
    columns: columns.map((column) => ({ ...column, meters: column.meters && [...column.meters] })),
    total: rows.length,
    rows: rows.slice(0, asked.limit),
    hash: createHash('sha256').update(canonicalJson({ columns, rows })).digest('hex'),
  };
}

async function areClosed(hall: HallView, first: string, last: string): Promise<boolean> {
  for (let day = first; day <= last; day = nextDate(day)) if (!(await isClosed(hall, day))) return false;
  return true;
}
