import { NotificationSettings, permissionsOf, type Role } from '@vakhta/api';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

export interface Recipient {
  member: string;
  organisation: string;
  user: string;
  settings: NotificationSettings;
}

/** Whoever can take an alert on is written to from a warning on; who only looks is not. */
const defaults = (roles: readonly Role[], timeZone: string): NotificationSettings => ({
  email: permissionsOf(roles).has('alerts.acknowledge') ? 'warning' : 'never',
  tellCleared: true,
  timeZone,
  language: 'en',
});

/** Members with how they want to be told, or what their roles give. */
export async function selectRecipients(tx: Tx, condition: RawBuilder<unknown>): Promise<Recipient[]> {
  const { rows } = await sql<{
    id: string;
    org_id: string;
    user_id: string;
    roles: Role[];
    settings: unknown;
    time_zone: string | null;
  }>`
    select m.id, m.org_id, m.user_id, m.roles, p.settings,
      (select time_zone from sites s where s.org_id = m.org_id order by created_at limit 1) as time_zone
    from members m left join notification_preferences p on p.member_id = m.id
    where ${condition} order by m.id`.execute(tx);
  return rows.map((row) => ({
    member: row.id,
    organisation: row.org_id,
    user: row.user_id,
    settings:
      NotificationSettings.safeParse(row.settings).data ??
      defaults(row.roles, row.time_zone ?? 'Europe/Minsk'),
  }));
}
