import type { UserId } from '@vakhta/kernel';
import type { Database } from '../../platform/postgres/database.ts';
import { recordAudits, SYSTEM } from '../audit/audit.ts';
import { type Membership, membershipsOf } from './authenticate.ts';

/**
 * Enters what concerns a person, not an organisation, in the audit of each organisation they belong to; 'by nobody known'
 * where they are not proven to have done it. Returns where they belong.
 */
export type AuditPerson = (
  user: UserId,
  action: string,
  actor?: 'themself' | 'nobody known',
) => Promise<Membership[]>;

export const createAuditPerson =
  (database: Database): AuditPerson =>
  (user, action, actor = 'themself') =>
    database.system(async (tx) => {
      const found = await membershipsOf(tx, user);
      await recordAudits(
        tx,
        found.map(({ organisation, member }) => ({
          organisation,
          action,
          ...(actor === 'themself'
            ? { actor: { kind: 'member', id: member } }
            : { actor: SYSTEM, subject: { kind: 'member', id: member } }),
        })),
      );
      return found;
    });
