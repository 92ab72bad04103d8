import { casinoActRoutes } from './casino/acts.ts';
import { casinoApprovalRoutes } from './casino/approvals.ts';
import { casinoCashRoutes } from './casino/cash.ts';
import { casinoFloorRoutes } from './casino/floor.ts';
import { casinoReportRoutes } from './casino/reports.ts';

export const casinoRoutes = {
  ...casinoFloorRoutes,
  ...casinoCashRoutes,
  ...casinoActRoutes,
  ...casinoApprovalRoutes,
  ...casinoReportRoutes,
} as const;
