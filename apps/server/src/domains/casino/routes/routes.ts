import type { Api } from '../../../core/access/api.ts';
import type { MemberNames } from '../../../core/access/member-names.ts';
import { type ActDeps, casinoActRoutes } from './acts.ts';
import { casinoAlertRoutes } from './alert-routes.ts';
import { casinoApprovalRoutes } from './approval-routes.ts';
import { casinoCashRoutes } from './cash-routes.ts';
import { casinoDayRoutes } from './day-routes.ts';
import { casinoFloorRoutes } from './floor-routes.ts';
import { casinoGuestRoutes } from './guest-routes.ts';
import { casinoReportRoutes } from './report-routes.ts';

export function casinoRoutes(api: Api, deps: ActDeps & { memberNames: MemberNames }): void {
  for (const implement of [
    casinoFloorRoutes,
    casinoGuestRoutes,
    casinoCashRoutes,
    casinoActRoutes,
    casinoApprovalRoutes,
    casinoAlertRoutes,
    casinoDayRoutes,
    casinoReportRoutes,
  ])
    implement(api, deps);
}
