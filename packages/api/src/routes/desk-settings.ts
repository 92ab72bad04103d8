import { DataSchema, Localized } from '@vakhta/things';
import * as z from 'zod';
import { route } from '../route.ts';

/** Where the value in effect comes from; what the environment says wins over the panel. */
export const SettingSource = z.enum(['environment', 'panel', 'default']);
export type SettingSource = z.infer<typeof SettingSource>;

const SettingValue = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const DeskSetting = z.object({
  name: z.string().describe('Its name in the environment.'),
  field: DataSchema.describe('What it is called, what it does and what it may be.'),
  value: SettingValue.describe('In effect; of a secret what may be seen of it; null where none is set.'),
  source: SettingSource,
  changeable: z.boolean().describe('False: the environment sets it, or it is read at the start only.'),
});
export type DeskSetting = z.infer<typeof DeskSetting>;

export const DeskSettings = z.object({
  groups: z.array(
    z.object({
      title: Localized,
      help: Localized,
      applies: z.enum(['live', 'restart']).describe('restart: read from the environment at the start.'),
      settings: z.array(DeskSetting),
    }),
  ),
});
export type DeskSettings = z.infer<typeof DeskSettings>;

export const deskSettingRoutes = {
  getDeskSettings: route({
    method: 'GET',
    path: '/desk/settings',
    summary: 'Settings of the whole desk, each with what it may be and where its value comes from',
    access: 'desk.manage',
    response: DeskSettings,
  }),
  changeDeskSettings: route({
    method: 'PATCH',
    path: '/desk/settings',
    summary: 'Change settings of the whole desk while it runs; null takes back what was set here',
    access: 'desk.manage',
    body: z.strictObject({
      values: z
        .record(z.string().max(60), z.union([z.string().max(2000), z.number()]).nullable())
        .describe('By name. All are taken, or none.'),
    }),
    response: DeskSettings,
  }),
} as const;
