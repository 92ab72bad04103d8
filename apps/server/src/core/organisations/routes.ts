import { type Organisation, memberRoutes as routes } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Database, Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import type { Principal } from '../access/principal.ts';
import { recordAudit } from '../audit/audit.ts';
import type { LiveHub } from '../live/hub.ts';

export interface OrganisationRouteDeps {
  database: Database;
  hub: Pick<LiveHub, 'publish'>;
}

export function organisationRoutes(api: Api, { database, hub }: OrganisationRouteDeps): void {
  const change = async (
    { organisation, member }: Principal,
    values: { name?: string; second_factor_required?: boolean },
    action: string,
    detail: Json,
  ): Promise<Organisation> => {
    const changed = await database.tenant(organisation, async (tx) => {
      await tx.updateTable('organisations').set(values).where('org_id', '=', organisation).execute();
      await recordAudit(tx, {
        organisation,
        actor: { kind: 'member', id: member },
        action,
        subject: { kind: 'organisation', id: organisation },
        detail,
      });
      return selectOrganisation(tx);
    });
    hub.publish(organisation, { type: 'changed', what: 'members' });
    return changed;
  };

  api.implement(routes.getOrganisation, ({ principal }) =>
    database.tenant(principal.organisation, selectOrganisation),
  );

  api.implement(routes.renameOrganisation, ({ principal, body: { name } }) =>
    change(principal, { name }, 'organisation.renamed', { name }),
  );

  api.implement(routes.requireSecondFactor, ({ principal, account, body: { required } }) => {
    // Whoever sets the rule must meet it, or they would shut themselves out.
    if (required && !(account.session?.secondFactor ?? false))
      throw new HttpProblem('second_factor_required', 'set up your own second factor first, then require it');
    return change(
      principal,
      { second_factor_required: required },
      required ? 'organisation.second_factor_required' : 'organisation.second_factor_optional',
      {},
    );
  });
}

async function selectOrganisation(tx: Tx): Promise<Organisation> {
  const row = await tx
    .selectFrom('organisations')
    .select(['org_id as id', 'name', 'second_factor_required as secondFactorRequired'])
    .executeTakeFirst();
  if (!row) throw notFound('organisation');
  return row;
}
