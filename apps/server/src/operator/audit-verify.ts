import { type AuditVerdict, verifyAudit } from '../core/audit/verify.ts';
import { withDesk } from './desk.ts';

/** Recomputes every organisation's chain in the desk's database. */
export const auditVerdict = (): Promise<AuditVerdict> => withDesk(({ database }) => verifyAudit(database));
