import type { Json } from '@vakhta/kernel';
import { sql } from 'kysely';
import { inRange } from '../range.ts';
import { columns, iso, type Line, type ReportDeclaration, wholeMinutes } from './table.ts';

/** Report 15: alerts and how they ended. */
export const eventReport: ReportDeclaration = {
  title: 'Significant events',
  columns: columns(
    ['openedAt:time', 'Opened'],
    ['subject', 'Subject'],
    ['code:event', 'Event'],
    ['severity:word', 'Severity'],
    ['count:count', 'Times'],
    ['clearedAt:time', 'Cleared'],
    ['minutes:minutes', 'Minutes'],
  ),
  async read({ tx, hall }, { from, to, machine }) {
    let query = tx
      .selectFrom('casino_alerts')
      .selectAll()
      .where('hall_id', '=', hall)
      .where('opened_at', '>=', from)
      .where('opened_at', '<', to);
    if (machine !== undefined) query = query.where('subject', '=', machine);
    return (await query.orderBy('opened_at').orderBy('id').execute()).map((row) => ({
      openedAt: row.opened_at.toISOString(),
      subject: row.subject,
      code: row.code,
      severity: row.severity,
      count: row.count,
      clearedAt: iso(row.cleared_at),
      minutes: wholeMinutes(row.opened_at, row.cleared_at),
    }));
  },
};

/** Report 16: agents: how long each was out of contact, and its clock. */
export const linkReport: ReportDeclaration = {
  title: 'Link health',
  columns: columns(
    ['agent', 'Agent'],
    ['breaks:count', 'Breaks'],
    ['secondsDown:seconds', 'Seconds down'],
    ['longestSeconds:seconds', 'Longest'],
    ['uptime:percent', 'Up'],
    ['clockOffset:seconds', 'Clock offset'],
    ['refusedOrders:count', 'Refused orders'],
  ),
  async read({ tx, organisation, hall, now }, { from, to }) {
    const until = new Date(Math.min(now.getTime(), to.getTime()));
    const { rows } = await sql<{
      agent: string;
      breaks: number;
      down: number;
      longest: number;
      uptime: string | null;
      offset: number;
      refused: number;
    }>`
      with told as (
        select data ->> 'agent' as agent, at, data ->> 'state' as state,
               lead(at) over (partition by data ->> 'agent' order by id) as next
        from casino_facts
        where org_id = ${organisation} and hall_id = ${hall} and kind = 'link' and at < ${until}),
      breaks as (
        select agent, extract(epoch from least(coalesce(next, ${until}), ${until}) - greatest(at, ${from})) as seconds
        from told where state = 'down' and coalesce(next, ${until}) > ${from})
      select a.agent, count(b.agent)::bigint as breaks, coalesce(round(sum(b.seconds)), 0)::bigint as down,
             coalesce(round(max(b.seconds)), 0)::bigint as longest,
             round((100 * (1 - coalesce(sum(b.seconds), 0)
               / nullif(extract(epoch from ${until}::timestamptz - ${from}::timestamptz), 0)))::numeric, 3)::text as uptime,
             a.clock_offset_seconds as offset,
             (select count(*) from casino_orders o
              join casino_facts f on f.id = o.fact_id
              where o.hall_id = a.hall_id and o.agent = a.agent and o.result = 'refused'
                and f.at >= ${from} and f.at < ${to})::bigint as refused
      from casino_agents a left join breaks b on b.agent = a.agent
      where a.org_id = ${organisation} and a.hall_id = ${hall}
      group by a.hall_id, a.agent, a.clock_offset_seconds order by a.agent`.execute(tx);
    return rows.map((row) => ({
      agent: row.agent,
      breaks: row.breaks,
      secondsDown: row.down,
      longestSeconds: row.longest,
      uptime: row.uptime,
      clockOffset: row.offset,
      refusedOrders: row.refused,
    }));
  },
};

/** Report 17: everything an auditor asks about first. */
export const exceptionReport: ReportDeclaration = {
  title: 'Exceptions for audit',
  columns: columns(
    ['at:time', 'Time'],
    ['asset', 'Asset'],
    ['what:word', 'What'],
    ['code:meter', 'Meter'],
    ['delta:count', 'Delta'],
    ['gameDay', 'Game day'],
    ['detail', 'Detail'],
  ),
  async read(hall, period) {
    const { tx, hall: id } = hall;
    const { from, to, machine } = period;
    const isAsked = (one: string) => machine === undefined || one === machine;
    const rows = await sql<{
      at: Date;
      machine: string;
      kind: string;
      code: string;
      delta: number;
      game_day: string;
      late: boolean;
      unsplit: boolean;
    }>`
      select r.at, r.machine, r.kind, r.code, r.delta, r.game_day, r.late, r.unsplit from casino_rows r
      where ${inRange(hall, { gameDays: [period.first, period.last] })}
        and (r.kind <> 'normal' or r.unsplit or r.late) order by r.at, r.id`.execute(tx);
    const held = await tx
      .selectFrom('casino_held_deltas')
      .selectAll()
      .where('hall_id', '=', id)
      .where('game_day', '>=', period.first)
      .where('game_day', '<=', period.last)
      .execute();
    const adjusted = await tx
      .selectFrom('casino_adjustments')
      .selectAll()
      .where('hall_id', '=', id)
      .where('written_at', '>=', from)
      .where('written_at', '<', to)
      .execute();
    const decided = await tx
      .selectFrom('casino_transfers')
      .selectAll()
      .where('hall_id', '=', id)
      .where('decision', 'is not', null)
      .where('final_day', '>=', period.first)
      .where('final_day', '<=', period.last)
      .execute();
    const lines: Line[] = [
      ...rows.rows.map((row) => ({
        at: row.at.toISOString(),
        asset: row.machine,
        what: row.kind,
        code: row.code,
        delta: row.delta,
        limit: null,
        gameDay: row.game_day,
        transfer: null,
        detail: [row.late && 'late', row.unsplit && 'spans_boundary'].filter(Boolean).join(', '),
      })),
      ...held.map((row) => ({
        at: row.at.toISOString(),
        asset: row.machine,
        what: 'held',
        code: row.code,
        delta: row.delta,
        gameDay: row.game_day,
        limit: row.limit_value,
        transfer: null,
        detail: `${row.kind}, ${row.state}`,
      })),
      ...adjusted.map((row) => ({
        at: row.written_at.toISOString(),
        asset: row.machine,
        what: 'adjustment',
        code: row.code,
        delta: row.change,
        gameDay: row.game_day,
        limit: null,
        transfer: null,
        detail: row.kind,
      })),
      ...decided.map((row) => ({
        at: row.final_at!.toISOString(),
        asset: row.machine,
        what: 'transfer_decided',
        code: null,
        delta: null,
        gameDay: row.final_day,
        limit: null,
        transfer: row.key,
        detail: row.corrected ? `${row.decision}, corrected` : row.decision,
      })),
    ];
    return lines
      .filter(({ asset }) => isAsked(String(asset)))
      .sort((a, b) => (String(a.at) < String(b.at) ? -1 : String(a.at) > String(b.at) ? 1 : 0));
  },
};

/** Report 18: closed days with their totals and the hash of the rows they stand for. */
export const dayCloseReport: ReportDeclaration = {
  title: 'Day close certificate',
  columns: columns(
    ['gameDay', 'Game day'],
    ['state:word', 'State'],
    ['closedAt:time', 'Closed'],
    ['closedBy:member', 'Closed by'],
    ['approvedBy:member', 'Approved by'],
    ['rows:count', 'Rows'],
    ['coinIn:minor', 'Coin-in'],
    ['won:minor', 'Won'],
    ['hash', 'Hash of the rows'],
  ),
  async read({ tx, organisation, hall }, { first, last }) {
    const { rows } = await sql<{
      game_day: string;
      state: string;
      closed_at: Date;
      data: { by: string; approvedBy?: string };
      rows: number;
      coin_in: number;
      won: number;
      hash: string;
    }>`
      select d.game_day, d.state, d.closed_at, f.data, d.rows, d.coin_in_minor as coin_in, d.won_minor as won,
             d.rows_hash as hash
      from casino_closed_days d
      join casino_facts f on f.id = d.fact_id
      where d.org_id = ${organisation} and d.hall_id = ${hall} and d.game_day between ${first} and ${last}
      order by d.game_day`.execute(tx);
    return rows.map((row) => ({
      gameDay: row.game_day,
      state: row.state,
      closedAt: row.closed_at.toISOString(),
      closedBy: row.data.by,
      approvedBy: row.data.approvedBy ?? null,
      rows: row.rows,
      coinIn: row.coin_in,
      won: row.won,
      hash: row.hash,
    }));
  },
};

/** Report 20: who changed how the hall is set up, and what was refused. */
export const changeReport: ReportDeclaration = {
  title: 'Access and configuration changes',
  columns: columns(
    ['at:time', 'Time'],
    ['member:member', 'Member'],
    ['action:word', 'Action'],
    ['detail', 'Detail'],
  ),
  async read({ tx, hall }, { from, to }) {
    const rows = await tx
      .selectFrom('audit')
      .select(['at', 'actor_id', 'action', 'detail'])
      .where((eb) =>
        eb.or([
          eb.and([eb('subject_kind', '=', 'hall'), eb('subject_id', '=', hall)]),
          eb('action', 'like', 'member.%'),
        ]),
      )
      .where('action', 'in', [
        'casino.set_up',
        'casino.guest_card',
        'casino.guest_label',
        'casino.act_refused',
        'casino.act_approved',
        'member.added',
        'member.changed',
        'member.removed',
      ])
      .where('at', '>=', from)
      .where('at', '<', to)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      at: row.at.toISOString(),
      member: row.actor_id,
      action: row.action,
      detail: row.detail as Json,
    }));
  },
};
