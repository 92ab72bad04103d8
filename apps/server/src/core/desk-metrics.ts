import { sql } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../platform/postgres/database.ts';
import type { LiveSockets } from './live/live-socket.ts';

export interface DeskMetricsDeps {
  registry: Registry;
  database: Database;
  liveSockets: Pick<LiveSockets, 'count'>;
}

/** What the desk itself can tell a Prometheus, over all organisations; the database is asked at each scrape. */
export function registerDeskMetrics({ registry, database, liveSockets }: DeskMetricsDeps): void {
  /** A gauge of rows, counted anew by one label each time. */
  const counted = (
    name: string,
    help: string,
    label: string,
    count: ReturnType<typeof sql<{ label: string; count: number }>>,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        const { rows } = await database.system((tx) => count.execute(tx));
        this.reset();
        for (const row of rows) this.set({ [label]: row.label }, row.count);
      },
    });

  counted(
    'vakhta_agents',
    'Enrolled agents',
    'state',
    sql`select case when online then 'online' else 'offline' end as label, count(*)::int as count
        from agents where status = 'enrolled' group by 1`,
  );
  counted(
    'vakhta_things',
    'Things, by whether they answer',
    'state',
    sql`select case when p.online then 'online' when p.online is null then 'unknown' else 'offline' end as label,
          count(*)::int as count
        from things t left join thing_presence p on p.org_id = t.org_id and p.thing_id = t.id group by 1`,
  );
  counted(
    'vakhta_alerts',
    'Alerts that have not cleared',
    'severity',
    sql`select severity as label, count(*)::int as count from alerts where cleared_at is null group by 1`,
  );
  counted(
    'vakhta_commands_under_way',
    'Commands that have not ended',
    'state',
    sql`select state as label, count(*)::int as count from commands
        where state in ('requested', 'awaiting_approval', 'queued', 'delivered', 'accepted') group by 1`,
  );
  new Gauge({
    name: 'vakhta_log_last_entry',
    help: 'Number of the newest entry of the log; its rate is how fast facts come in',
    registers: [registry],
    async collect() {
      const { rows } = await database.system((tx) =>
        sql<{ last: number }>`select coalesce(max(id), 0)::bigint as last from log`.execute(tx),
      );
      this.set(rows[0]!.last);
    },
  });
  new Gauge({
    name: 'vakhta_live_sockets',
    help: 'Open panels and programs that listen',
    registers: [registry],
    collect() {
      this.set(liveSockets.count);
    },
  });
  new Gauge({
    name: 'vakhta_database_connections',
    help: 'Connections of the pool, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = database.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
}
