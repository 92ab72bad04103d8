import type { RouteDeclaration } from './route.ts';
import { agentRoutes } from './routes/agents.ts';
import { alertRuleRoutes } from './routes/alert-rules.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { casinoRoutes } from './routes/casino.ts';
import { commandRoutes } from './routes/commands.ts';
import { dataAccessRoutes } from './routes/data-access.ts';
import { deskSettingRoutes } from './routes/desk-settings.ts';
import { groupRoutes } from './routes/groups.ts';
import { historyRoutes } from './routes/history.ts';
import { invitationRoutes, joinRoutes } from './routes/invitations.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { memberRoutes } from './routes/members.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { ownSessionRoutes } from './routes/own-sessions.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { passwordResetRoutes } from './routes/password-reset.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { sessionRoutes } from './routes/session.ts';
import { setUpRoutes } from './routes/set-up.ts';
import { signInRoutes } from './routes/sign-ins.ts';
import { siteRoutes } from './routes/sites.ts';
import { thingRoutes } from './routes/things.ts';
import { tokenRoutes } from './routes/tokens.ts';

/** Every route of the API by name. */
export const routes = {
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...passkeyRoutes,
  ...ownSessionRoutes,
  ...passwordResetRoutes,
  ...setUpRoutes,
  ...signInRoutes,
  ...dataAccessRoutes,
  ...invitationRoutes,
  ...joinRoutes,
  ...tokenRoutes,
  ...memberRoutes,
  ...siteRoutes,
  ...groupRoutes,
  ...agentRoutes,
  ...thingRoutes,
  ...historyRoutes,
  ...commandRoutes,
  ...alertRoutes,
  ...alertRuleRoutes,
  ...maintenanceRoutes,
  ...notificationRoutes,
  ...auditRoutes,
  ...deskSettingRoutes,
  ...casinoRoutes,
} as const satisfies Record<string, RouteDeclaration>;
