import { setUpRoutes as routes } from '@vakhta/api';
import type { Random } from '@vakhta/kernel';
import type { LinkTokens } from '../../platform/secrets/link-tokens.ts';
import type { Api } from '../access/api.ts';
import { letIn } from '../access/let-in.ts';
import { linkIsVoid } from '../access/password-reset-routes.ts';
import type { AccessRouteDeps } from '../access/session-routes.ts';
import { visitorOf } from '../access/visitor-of.ts';
import { SYSTEM } from '../audit/audit.ts';
import { addMember } from '../members/member-service.ts';
import { createOrganisation, hasNone, lockOrganisations } from './create-organisation.ts';
import { isFirstOwnerToken } from './first-owner.ts';

export interface SetUpDeps extends AccessRouteDeps {
  random: Random;
  links: LinkTokens;
}

/** The first owner of an empty desk. */
export function setUpRoutes(api: Api, deps: SetUpDeps): void {
  const { database, identity, links } = deps;

  api.implement(routes.setUp, async ({ body, raw, reply }) => {
    if (!isFirstOwnerToken(links, body.token)) throw linkIsVoid();
    const { email, name, password } = body;
    await database.system(async (tx) => {
      await lockOrganisations(tx);
      if (!(await hasNone(tx))) throw linkIsVoid();
      // A try that was cut off may have left the person; whoever holds the link runs the desk and says the password.
      const known = await identity.findByEmail(email);
      if (known) await identity.setPassword(known.id, password);
      const { id: user } = known ?? (await identity.createPerson({ email, name, password }));
      const organisation = await createOrganisation(tx, body.organisation, deps);
      await addMember(tx, SYSTEM, { organisation, user, roles: ['owner'] }, deps);
    });
    const entered = await identity.signIn(email, password, visitorOf(raw));
    if (!entered || 'codeNeeded' in entered) throw linkIsVoid();
    return letIn(deps, entered, { raw, reply });
  });
}
