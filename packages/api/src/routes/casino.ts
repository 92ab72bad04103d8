import { casinoActRoutes } from './casino/acts.ts';
import { casinoAlertRoutes } from './casino/alerts.ts';
import { casinoApprovalRoutes } from './casino/approvals.ts';
import { casinoCashRoutes } from './casino/cash.ts';
import { casinoDayRoutes } from './casino/days.ts';
import { casinoFloorRoutes } from './casino/floor.ts';
import { casinoGuestRoutes } from './casino/guests.ts';
import { casinoReportRoutes } from './casino/reports.ts';

export const casinoRoutes = {
  ...casinoFloorRoutes,
  ...casinoGuestRoutes,
  ...casinoCashRoutes,
  ...casinoActRoutes,
  ...casinoApprovalRoutes,
  ...casinoAlertRoutes,
  ...casinoDayRoutes,
  ...casinoReportRoutes,
} as const;
