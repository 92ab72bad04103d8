import type { RouteDeclaration } from './route.ts';
import { agentRoutes } from './routes/agents.ts';
import { alertRuleRoutes } from './routes/alert-rules.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { casinoRoutes } from './routes/casino.ts';
import { commandRoutes } from './routes/commands.ts';
import { groupRoutes } from './routes/groups.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { memberRoutes } from './routes/members.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { sessionRoutes } from './routes/session.ts';
import { siteRoutes } from './routes/sites.ts';
import { thingRoutes } from './routes/things.ts';
import { tokenRoutes } from './routes/tokens.ts';

/** Every route of the API by name. */
export const routes = {
  ...sessionRoutes,
  ...tokenRoutes,
  ...memberRoutes,
  ...siteRoutes,
  ...groupRoutes,
  ...agentRoutes,
  ...thingRoutes,
  ...commandRoutes,
  ...alertRoutes,
  ...alertRuleRoutes,
  ...maintenanceRoutes,
  ...notificationRoutes,
  ...auditRoutes,
  ...casinoRoutes,
} as const satisfies Record<string, RouteDeclaration>;
