import { sql } from 'kysely';
import { openAlert } from '../alerts/alerts.ts';
import { endIdleSession } from '../sessions/sessions.ts';
import { unresolvedStates } from '../transfers/transfer.ts';
import type { Hall } from './hall.ts';

interface DueTimer {
  due: Date;
  fire(hall: Hall): Promise<void>;
}

/**
 * Fires what was due after `hall.now`'s predecessor and up to `until`, each at its own time, in order of time. The same
 * code runs before each fact and on the real clock, so that a replay comes to the same.
 */
export async function fireDue(hall: Hall, until: Date): Promise<void> {
  const timers = [
    ...(await offlineTimers(hall)),
    ...(await transferTimers(hall)),
    ...(await idleTimers(hall)),
  ]
    .filter(({ due }) => due <= until)
    .sort((a, b) => a.due.getTime() - b.due.getTime());
  for (const { due, fire } of timers) await fire({ ...hall, now: due });
}

const plusSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

async function offlineTimers(hall: Hall): Promise<DueTimer[]> {
  const { offlineWarningSeconds, offlineCriticalSeconds } = hall.settings.policy;
  const down = await hall.tx
    .selectFrom('casino_agents')
    .select(['agent', 'down_since'])
    .where('hall_id', '=', hall.hall)
    .where('down_since', 'is not', null)
    .orderBy('agent')
    .execute();
  return down.flatMap(({ agent, down_since }) =>
    (
      [
        ['warning', offlineWarningSeconds],
        ['critical', offlineCriticalSeconds],
      ] as const
    ).map(([severity, seconds]) => ({
      due: plusSeconds(down_since!, seconds),
      // An alert that is open at this severity already stays as it is.
      fire: (at: Hall) => openAlert(at, { code: 'AGENT_OFFLINE', subject: agent, severity, at: at.now }),
    })),
  );
}

async function transferTimers(hall: Hall): Promise<DueTimer[]> {
  const open = await hall.tx
    .selectFrom('casino_transfers')
    .select(['machine', 'sent_at'])
    .where('hall_id', '=', hall.hall)
    .where('state', 'in', [...unresolvedStates])
    .orderBy('id')
    .execute();
  return open.map(({ machine, sent_at }) => ({
    due: plusSeconds(sent_at!, hall.settings.policy.aftUnresolvedSeconds),
    fire: (at: Hall) =>
      openAlert(at, { code: 'AFT_UNRESOLVED', subject: machine, severity: 'high', at: at.now }),
  }));
}

async function idleTimers(hall: Hall): Promise<DueTimer[]> {
  const minutes = hall.settings.policy.idleTimeoutMinutes;
  if (minutes === null) return [];
  const sessions = await hall.tx
    .selectFrom('casino_sessions')
    .selectAll()
    .where('hall_id', '=', hall.hall)
    .where('to_at', 'is', null)
    .where((eb) =>
      eb(sql<Date>`coalesce(last_game_at, from_at)`, '<=', new Date(hall.now.getTime() - minutes * 60_000)),
    )
    .orderBy('id')
    .execute();
  return sessions.map((session) => ({
    due: plusSeconds(session.last_game_at ?? session.from_at, minutes * 60),
    fire: (at: Hall) => endIdleSession(at, session),
  }));
}
