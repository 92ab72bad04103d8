import { account } from './account.ts';
import { agents, members, sites } from './admin.ts';
import { alertRules, alerts, maintenance, webhooks } from './alerts.ts';
import { audit, verbs } from './audit.ts';
import { casino } from './casino.ts';
import { casinoAlerts } from './casino-alerts.ts';
import { casinoControl } from './casino-control.ts';
import { casinoDesk } from './casino-desk.ts';
import { casinoExceptions } from './casino-exceptions.ts';
import { casinoFloor } from './casino-floor.ts';
import { casinoGuests } from './casino-guests.ts';
import { casinoMeters } from './casino-meters.ts';
import { casinoRefusals } from './casino-refusals.ts';
import { casinoReports } from './casino-reports.ts';
import { casinoSetUp } from './casino-set-up.ts';
import { acting, batch, command, form } from './command.ts';
import { desk, picture } from './desk.ts';
import { history, past } from './history.ts';
import { keys, palette, wall } from './palette.ts';
import { reference } from './reference.ts';
import { setUp } from './set-up.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { errors, rules, signIn } from './sign-in.ts';
import { admin, thing } from './thing.ts';
import { size, time } from './time.ts';
import { condition, value } from './value.ts';

export const en = {
  account,
  acting,
  admin,
  agents,
  alertRules,
  alerts,
  audit,
  batch,
  casino,
  casinoAlerts,
  casinoControl,
  casinoDesk,
  casinoExceptions,
  casinoFloor,
  casinoGuests,
  casinoMeters,
  casinoRefusals,
  casinoReports,
  casinoSetUp,
  command,
  condition,
  desk,
  errors,
  form,
  history,
  keys,
  maintenance,
  members,
  palette,
  past,
  picture,
  reference,
  rules,
  setUp,
  settings,
  shell,
  signIn,
  sites,
  size,
  thing,
  time,
  value,
  verbs,
  wall,
  webhooks,
};
