import { memberRoutes as routes } from '@vakhta/api';
import { notFound } from '../../platform/http/http-problem.ts';
import type { Database } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { recordAudit } from '../audit/audit.ts';

export function organisationRoutes(api: Api, { database }: { database: Database }): void {
  api.implement(routes.getOrganisation, ({ principal }) =>
    database.tenant(principal.organisation, async (tx) => {
      const row = await tx.selectFrom('organisations').select(['org_id as id', 'name']).executeTakeFirst();
      if (!row) throw notFound('organisation');
      return row;
    }),
  );

  api.implement(routes.renameOrganisation, ({ principal: { organisation, member }, body }) =>
    database.tenant(organisation, async (tx) => {
      await tx
        .updateTable('organisations')
        .set({ name: body.name })
        .where('org_id', '=', organisation)
        .execute();
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action: 'organisation.renamed',
        subject: { kind: 'organisation', id: organisation },
        detail: { name: body.name },
      });
      return { id: organisation, name: body.name };
    }),
  );
}
