import type { Json } from '@vakhta/kernel';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Principal } from '../access/principal.ts';
import type { LiveHub } from '../live/hub.ts';
import { recordAudit } from './audit.ts';

interface AuditedChangeDeps {
  database: Database;
  hub: Pick<LiveHub, 'publish'>;
}

const directories = {
  site: 'sites',
  group: 'groups',
  alert_rule: 'alertRules',
  maintenance: 'maintenance',
  webhook: 'webhooks',
  invitation: 'invitations',
} as const;

/** One change by a member to something of this kind: audited in its transaction, told to panels once committed. */
export const auditedChange =
  ({ database, hub }: AuditedChangeDeps, kind: keyof typeof directories) =>
  async <T>(
    { organisation, member }: Principal,
    action: string,
    id: string,
    work: (tx: Tx) => Promise<{ answer: T; detail?: Json }>,
  ): Promise<T> => {
    const answer = await database.tenant(organisation, async (tx) => {
      const done = await work(tx);
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action,
        subject: { kind, id },
        ...(done.detail !== undefined && { detail: done.detail }),
      });
      return done.answer;
    });
    hub.publish(organisation, { type: 'changed', what: directories[kind] });
    return answer;
  };
