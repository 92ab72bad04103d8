import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import * as z from 'zod';
import { GuestSearch } from '../features/casino/guests/guest-search.ts';
import { ReportSearch } from '../features/casino/reports/report-search.ts';
import { DeskSearch } from '../features/desk/desk-search.ts';
import { ThingSearch } from '../features/thing/thing-tabs.ts';
import { BrokenPage } from './broken-page.tsx';
import { MissingPage } from './missing-page.tsx';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({
    to: z
      .string()
      .regex(/^\/(?![/\\])/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Where mailed links lead: what they carry stands behind the '#', which no server is sent. */
const doors = [
  createRoute({
    getParentRoute: () => root,
    path: '/forgot',
    component: lazyRouteComponent(() => import('../features/sign-in/forgot-page.tsx'), 'ForgotPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reset',
    component: lazyRouteComponent(() => import('../features/sign-in/reset-page.tsx'), 'ResetPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/join',
    component: lazyRouteComponent(() => import('../features/sign-in/join-page.tsx'), 'JoinPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/set-up',
    component: lazyRouteComponent(() => import('../features/set-up/set-up-page.tsx'), 'SetUpPage'),
  }),
] as const;

/** Told to anybody, as the description itself is: whoever writes a program may have no account here. */
const reference = createRoute({
  getParentRoute: () => root,
  path: '/reference',
  component: lazyRouteComponent(() => import('../features/reference/reference-page.tsx'), 'ReferencePage'),
});

/** Everything else: nobody sees it without a session. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.query(sessionQuery);
    if (!session) throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  component: Shell,
});

const under = () => signedIn;
const pages = [
  createRoute({
    getParentRoute: under,
    path: '/',
    validateSearch: DeskSearch,
    component: lazyRouteComponent(() => import('../features/desk/desk-page.tsx'), 'DeskPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/wall',
    component: lazyRouteComponent(() => import('../features/desk/wall/wall-page.tsx'), 'WallPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/welcome',
    component: lazyRouteComponent(() => import('../features/set-up/welcome-page.tsx'), 'WelcomePage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/things/new',
    component: lazyRouteComponent(
      () => import('../features/things-admin/add-thing-page.tsx'),
      'AddThingPage',
    ),
  }),
  createRoute({
    getParentRoute: under,
    path: '/things/$thing',
    validateSearch: ThingSearch,
    component: lazyRouteComponent(() => import('../features/thing/thing-page.tsx'), 'ThingPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/things/$thing/edit',
    component: lazyRouteComponent(
      () => import('../features/things-admin/edit-thing-page.tsx'),
      'EditThingPage',
    ),
  }),
  createRoute({
    getParentRoute: under,
    path: '/commands',
    component: lazyRouteComponent(() => import('../features/commands/commands-page.tsx'), 'CommandsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/batches/$batch',
    component: lazyRouteComponent(() => import('../features/commands/batch-page.tsx'), 'BatchPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/alerts',
    component: lazyRouteComponent(() => import('../features/alerts/alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/alerts/rules',
    component: lazyRouteComponent(() => import('../features/alerts/rules-page.tsx'), 'RulesPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/alerts/maintenance',
    component: lazyRouteComponent(() => import('../features/alerts/maintenance-page.tsx'), 'MaintenancePage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/alerts/webhooks',
    component: lazyRouteComponent(() => import('../features/alerts/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/sites',
    component: lazyRouteComponent(() => import('../features/sites/sites-page.tsx'), 'SitesPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/agents',
    component: lazyRouteComponent(() => import('../features/agents/agents-page.tsx'), 'AgentsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/members',
    component: lazyRouteComponent(() => import('../features/members/members-page.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/audit',
    component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/settings',
    component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/analyzer',
    component: lazyRouteComponent(() => import('../features/analyzer/analyzer-page.tsx'), 'AnalyzerPage'),
  }),
  createRoute({
    getParentRoute: under,
    path: '/account',
    component: lazyRouteComponent(() => import('../features/account/account-page.tsx'), 'AccountPage'),
  }),
] as const;

const casino = createRoute({
  getParentRoute: under,
  path: '/casino',
  component: lazyRouteComponent(() => import('../features/casino/casino-page.tsx'), 'CasinoPage'),
});
/** Every page of a hall stands in its frame. */
const hall = createRoute({
  getParentRoute: under,
  path: '/casino/$hall',
  component: lazyRouteComponent(() => import('../features/casino/hall-frame.tsx'), 'HallFrame'),
});
const underHall = () => hall;
const hallPages = [
  createRoute({
    getParentRoute: underHall,
    path: '/',
    component: lazyRouteComponent(() => import('../features/casino/floor/floor-page.tsx'), 'FloorPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/machines/$machine',
    component: lazyRouteComponent(() => import('../features/casino/machine/machine-page.tsx'), 'MachinePage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/desk',
    validateSearch: z.object({ desk: z.string().optional(), machine: z.string().optional() }),
    component: lazyRouteComponent(() => import('../features/casino/desk/desk-page.tsx'), 'DeskPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/handpays',
    component: lazyRouteComponent(
      () => import('../features/casino/handpays/handpays-page.tsx'),
      'HandpaysPage',
    ),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/guests',
    component: lazyRouteComponent(() => import('../features/casino/guests/guests-page.tsx'), 'GuestsPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/guests/$player',
    validateSearch: GuestSearch,
    component: lazyRouteComponent(() => import('../features/casino/guests/guest-page.tsx'), 'GuestPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/alerts',
    component: lazyRouteComponent(
      () => import('../features/casino/alerts/alerts-page.tsx'),
      'CasinoAlertsPage',
    ),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/inbox',
    component: lazyRouteComponent(() => import('../features/casino/inbox/inbox-page.tsx'), 'InboxPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/approvals',
    component: lazyRouteComponent(
      () => import('../features/casino/approvals/approvals-page.tsx'),
      'ApprovalsPage',
    ),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/days',
    component: lazyRouteComponent(() => import('../features/casino/days/days-page.tsx'), 'DaysPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/reports',
    component: lazyRouteComponent(() => import('../features/casino/reports/reports-page.tsx'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/set-up',
    component: lazyRouteComponent(() => import('../features/casino/set-up/set-up-page.tsx'), 'SetUpPage'),
  }),
  createRoute({
    getParentRoute: underHall,
    path: '/reports/$report',
    validateSearch: ReportSearch,
    component: lazyRouteComponent(() => import('../features/casino/reports/report-page.tsx'), 'ReportPage'),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    ...doors,
    reference,
    signedIn.addChildren([...pages, casino, hall.addChildren(hallPages)]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
