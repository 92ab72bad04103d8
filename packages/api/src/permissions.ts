import * as z from 'zod';

/** What can be done, each with the words for it. Routes and affordances name one of these. */
export const permissions = {
  'things.view': { en: 'See things and their state', ru: 'Видеть устройства и их состояние' },
  'things.operate': { en: 'Send commands to things', ru: 'Отправлять команды устройствам' },
  'things.manage': { en: 'Add, change and remove things', ru: 'Добавлять, изменять и удалять устройства' },
  'sites.manage': { en: 'Add, change and remove sites and groups', ru: 'Управлять объектами и группами' },
  'agents.view': { en: 'See agents and their health', ru: 'Видеть агентов и их состояние' },
  'agents.manage': { en: 'Enrol, change and revoke agents', ru: 'Подключать, изменять и отзывать агентов' },
  'members.view': { en: 'See members', ru: 'Видеть участников' },
  'members.manage': { en: 'Add, change and remove members', ru: 'Управлять участниками' },
  'audit.view': { en: 'Read the audit', ru: 'Читать журнал аудита' },
  'organisation.manage': { en: 'Change the organisation', ru: 'Изменять организацию' },
} as const satisfies Record<string, { en: string; ru: string }>;
export type Permission = keyof typeof permissions;

export const Role = z.enum(['owner', 'manager', 'operator', 'viewer']);
export type Role = z.infer<typeof Role>;

/** What each role may do. A member's permissions are the union over the roles held. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: Object.keys(permissions) as Permission[],
  manager: [
    'things.view',
    'things.operate',
    'things.manage',
    'sites.manage',
    'agents.view',
    'agents.manage',
    'members.view',
    'members.manage',
    'audit.view',
  ],
  operator: ['things.view', 'things.operate', 'agents.view'],
  viewer: ['things.view', 'agents.view'],
};

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => rolePermissions[role]));
