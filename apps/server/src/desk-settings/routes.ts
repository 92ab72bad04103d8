import { deskSettingRoutes as routes } from '@vakhta/api';
import type { Api } from '../core/access/api.ts';
import type { LiveSettings } from './live-settings.ts';

export function deskSettingRoutes(api: Api, settings: LiveSettings): void {
  api.implement(routes.getDeskSettings, async () => settings.view());
  api.implement(routes.changeDeskSettings, ({ principal, body }) => settings.change(principal, body.values));
}
