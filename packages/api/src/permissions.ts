import * as z from 'zod';

interface PermissionWords {
  en: string;
  ru: string;
  /** What it lets a person do, for whoever gives it to somebody. */
  help: { en: string; ru: string };
}

/** What can be done, each with the words for it. Routes and affordances name one of these. */
export const permissions = {
  'things.view': {
    en: 'See things and their state',
    ru: 'Видеть устройства и их состояние',
    help: {
      en: 'Opens the desk, cards, readings, logs and the history of commands',
      ru: 'Открывает пульт, карточки, показания, журналы и историю команд',
    },
  },
  'things.operate': {
    en: 'Send commands to things',
    ru: 'Отправлять команды устройствам',
    help: {
      en: 'Every action of every machine, one by one or many at once',
      ru: 'Любые действия любых устройств, по одному и сразу для многих',
    },
  },
  'things.manage': {
    en: 'Add, change and remove things',
    ru: 'Добавлять, изменять и удалять устройства',
    help: {
      en: 'Their names, addresses and settings, and which agent looks after them',
      ru: 'Названия, адреса, настройки и то, какой агент их обслуживает',
    },
  },
  'sites.manage': {
    en: 'Add, change and remove sites and groups',
    ru: 'Управлять объектами и группами',
    help: {
      en: 'Places, their time zones, and which machines are acted on together',
      ru: 'Места, их часовые пояса и то, какие устройства управляются вместе',
    },
  },
  'agents.view': {
    en: 'See agents and their health',
    ru: 'Видеть агентов и их состояние',
    help: {
      en: 'Whether the programs beside the machines are connected and well',
      ru: 'На связи ли программы рядом с устройствами и здоровы ли они',
    },
  },
  'agents.manage': {
    en: 'Enrol, change and revoke agents',
    ru: 'Подключать, изменять и отзывать агентов',
    help: {
      en: 'One-time tokens for new ones, and taking a key back at once',
      ru: 'Одноразовые токены для новых и немедленный отзыв ключа',
    },
  },
  'members.view': {
    en: 'See members',
    ru: 'Видеть участников',
    help: {
      en: 'Names, addresses and roles of the people here',
      ru: 'Имена, адреса и роли людей этой организации',
    },
  },
  'members.manage': {
    en: 'Add, change and remove members',
    ru: 'Управлять участниками',
    help: {
      en: 'Who belongs here and with which roles; only an owner makes an owner',
      ru: 'Кто состоит в организации и с какими ролями; владельца назначает только владелец',
    },
  },
  'alerts.view': {
    en: 'See alerts and their rules',
    ru: 'Видеть тревоги и их правила',
    help: {
      en: 'The alerts centre, the rules and the maintenance windows',
      ru: 'Центр тревог, правила и окна обслуживания',
    },
  },
  'alerts.acknowledge': {
    en: 'Acknowledge alerts',
    ru: 'Принимать тревоги',
    help: {
      en: 'Saying “I am on it”, with a note, so that nobody else is woken',
      ru: 'Отметить «я занимаюсь», с примечанием, чтобы не будили остальных',
    },
  },
  'alerts.manage': {
    en: 'Change alert rules, maintenance windows and webhooks',
    ru: 'Изменять правила тревог, окна обслуживания и вебхуки',
    help: {
      en: 'What people are told of and where it is sent; windows in which nobody is',
      ru: 'О чём сообщать и куда; окна, в которые никого не беспокоят',
    },
  },
  'audit.view': {
    en: 'Read the audit',
    ru: 'Читать журнал аудита',
    help: {
      en: 'Who did what and when, with the seals of the chain',
      ru: 'Кто, что и когда сделал, с печатями цепочки',
    },
  },
  'organisation.manage': {
    en: 'Change the organisation',
    ru: 'Изменять организацию',
    help: {
      en: 'Its name, and whatever concerns it as a whole',
      ru: 'Название и всё, что касается организации в целом',
    },
  },
  'desk.manage': {
    en: 'Change settings of the whole desk',
    ru: 'Изменять настройки всего сервера',
    help: {
      en: 'Mail, what is kept, the log: for owners of the organisation that this desk was set up with',
      ru: 'Почта, сроки хранения, журнал: для владельцев организации, с которой начинался этот сервер',
    },
  },
  'casino.view': {
    en: 'See the casino floor',
    ru: 'Видеть зал казино',
    help: {
      en: 'Machines, guests, desks, handpays and what waits to be looked into',
      ru: 'Автоматы, гости, кассы, ручные выплаты и то, что ждёт разбора',
    },
  },
  'casino.attend': {
    en: 'Attend to guests and machines',
    ru: 'Обслуживать гостей и автоматы',
    help: {
      en: 'Seats guests at machines, takes out stackers, types readings and counts that another person approves',
      ru: 'Привязывает гостей к автоматам, вынимает купюроприёмники, вводит показания и подсчёты, которые утверждает другой',
    },
  },
  'casino.cash': {
    en: 'Work at a cash desk',
    ru: 'Работать в кассе',
    help: {
      en: 'Opens and closes shifts, credits machines, pays out and pays handpays',
      ru: 'Открывает и закрывает смены, начисляет на автоматы, выплачивает и оплачивает ручные выплаты',
    },
  },
  'casino.approve': {
    en: 'Approve what needs two persons',
    ru: 'Утверждать то, для чего нужны двое',
    help: {
      en: 'The second person for amounts above the limit, counts, clears and decisions; never for one’s own',
      ru: 'Второй человек для сумм сверх лимита, подсчётов, сбросов и решений; никогда для своих',
    },
  },
  'casino.close': {
    en: 'Close game days and settle doubts',
    ru: 'Закрывать игровые дни и разрешать сомнения',
    help: {
      en: 'Day close, held deltas, undecided transfers and their corrections',
      ru: 'Закрытие дня, задержанные дельты, нерешённые переводы и их исправления',
    },
  },
  'casino.manage': {
    en: 'Set up halls and machines',
    ru: 'Настраивать залы и автоматы',
    help: {
      en: 'Halls and their rules, machines and their enrolment, desks, jackpot pools',
      ru: 'Залы и их правила, автоматы и их постановка на учёт, кассы, джекпоты',
    },
  },
  'casino.report': {
    en: 'Read the casino’s reports and ledger',
    ru: 'Читать отчёты и проводки казино',
    help: {
      en: 'Every figure with the readings behind it; changes nothing',
      ru: 'Любая цифра и показания за ней; ничего не меняет',
    },
  },
} as const satisfies Record<string, PermissionWords>;
export type Permission = keyof typeof permissions;
export const Permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);

export const Role = z.enum([
  'owner',
  'manager',
  'operator',
  'viewer',
  'supervisor',
  'cashier',
  'attendant',
  'auditor',
]);
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
    'alerts.view',
    'alerts.acknowledge',
    'alerts.manage',
    'audit.view',
    'casino.view',
    'casino.attend',
    'casino.cash',
    'casino.approve',
    'casino.close',
    'casino.manage',
    'casino.report',
  ],
  operator: ['things.view', 'things.operate', 'agents.view', 'alerts.view', 'alerts.acknowledge'],
  viewer: ['things.view', 'agents.view', 'alerts.view'],
  supervisor: [
    'things.view',
    'alerts.view',
    'alerts.acknowledge',
    'casino.view',
    'casino.attend',
    'casino.cash',
    'casino.approve',
    'casino.close',
    'casino.report',
  ],
  cashier: ['things.view', 'alerts.view', 'casino.view', 'casino.attend', 'casino.cash'],
  attendant: ['things.view', 'alerts.view', 'alerts.acknowledge', 'casino.view', 'casino.attend'],
  auditor: ['things.view', 'agents.view', 'alerts.view', 'audit.view', 'casino.view', 'casino.report'],
};

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => rolePermissions[role]));
