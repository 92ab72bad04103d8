import type { Localized } from '@vakhta/things';
import type { RouteDeclaration } from '../route.ts';
import { agentRoutes } from '../routes/agents.ts';
import { alertRuleRoutes } from '../routes/alert-rules.ts';
import { alertRoutes } from '../routes/alerts.ts';
import { auditRoutes } from '../routes/audit.ts';
import { casinoActRoutes } from '../routes/casino/acts.ts';
import { casinoAlertRoutes } from '../routes/casino/alerts.ts';
import { casinoApprovalRoutes } from '../routes/casino/approvals.ts';
import { casinoCashRoutes } from '../routes/casino/cash.ts';
import { casinoDayRoutes } from '../routes/casino/days.ts';
import { casinoFloorRoutes } from '../routes/casino/floor.ts';
import { casinoGuestRoutes } from '../routes/casino/guests.ts';
import { casinoReportRoutes } from '../routes/casino/reports.ts';
import { commandRoutes } from '../routes/commands.ts';
import { dataAccessRoutes } from '../routes/data-access.ts';
import { deskSettingRoutes } from '../routes/desk-settings.ts';
import { groupRoutes } from '../routes/groups.ts';
import { historyRoutes } from '../routes/history.ts';
import { invitationRoutes, joinRoutes } from '../routes/invitations.ts';
import { maintenanceRoutes } from '../routes/maintenance.ts';
import { memberRoutes } from '../routes/members.ts';
import { notificationRoutes } from '../routes/notifications.ts';
import { ownSessionRoutes } from '../routes/own-sessions.ts';
import { passkeyRoutes } from '../routes/passkeys.ts';
import { passwordResetRoutes } from '../routes/password-reset.ts';
import { secondFactorRoutes } from '../routes/second-factor.ts';
import { sessionRoutes } from '../routes/session.ts';
import { setUpRoutes } from '../routes/set-up.ts';
import { signInRoutes } from '../routes/sign-ins.ts';
import { siteRoutes } from '../routes/sites.ts';
import { thingRoutes } from '../routes/things.ts';
import { tokenRoutes } from '../routes/tokens.ts';

export interface RouteGroup {
  title: Localized;
  routes: Readonly<Record<string, RouteDeclaration>>;
}

/** Every route, as a reader looks for it: what programs need most comes first. */
export const routeGroups: readonly RouteGroup[] = [
  { title: { en: 'Things', ru: 'Устройства' }, routes: thingRoutes },
  { title: { en: 'Commands', ru: 'Команды' }, routes: commandRoutes },
  { title: { en: 'History', ru: 'История' }, routes: historyRoutes },
  { title: { en: 'Sites and groups', ru: 'Объекты и группы' }, routes: { ...siteRoutes, ...groupRoutes } },
  { title: { en: 'Agents', ru: 'Агенты' }, routes: agentRoutes },
  {
    title: { en: 'Alerts', ru: 'Тревоги' },
    routes: { ...alertRoutes, ...alertRuleRoutes, ...maintenanceRoutes, ...notificationRoutes },
  },
  { title: { en: 'Casino: the floor', ru: 'Казино: зал' }, routes: casinoFloorRoutes },
  { title: { en: 'Casino: guests', ru: 'Казино: гости' }, routes: casinoGuestRoutes },
  { title: { en: 'Casino: money', ru: 'Казино: деньги' }, routes: casinoCashRoutes },
  {
    title: { en: 'Casino: what people do', ru: 'Казино: действия' },
    routes: { ...casinoActRoutes, ...casinoApprovalRoutes, ...casinoAlertRoutes },
  },
  {
    title: { en: 'Casino: game days and reports', ru: 'Казино: игровые дни и отчёты' },
    routes: { ...casinoDayRoutes, ...casinoReportRoutes },
  },
  {
    title: { en: 'Organisation and members', ru: 'Организация и участники' },
    routes: { ...memberRoutes, ...invitationRoutes },
  },
  { title: { en: 'Audit', ru: 'Аудит' }, routes: { ...auditRoutes, ...dataAccessRoutes } },
  { title: { en: 'The whole desk', ru: 'Весь сервер' }, routes: deskSettingRoutes },
  { title: { en: 'API tokens', ru: 'Токены API' }, routes: tokenRoutes },
  {
    title: { en: 'Signing in', ru: 'Вход' },
    routes: { ...sessionRoutes, ...passwordResetRoutes, ...joinRoutes, ...setUpRoutes },
  },
  {
    title: { en: 'Your account', ru: 'Свой вход и защита' },
    routes: { ...secondFactorRoutes, ...passkeyRoutes, ...ownSessionRoutes, ...signInRoutes },
  },
];
