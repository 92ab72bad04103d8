import type { Json } from '@vakhta/kernel';
import type { RouteDeclaration, RouteRequest } from '../route.ts';
import type { routes } from '../routes.ts';
import { exampleOf } from './example-of.ts';
import { fieldExamples } from './field-examples.ts';

type Requests = { [Name in keyof typeof routes]?: Partial<RouteRequest<(typeof routes)[Name]>> };

const things = fieldExamples.things as string[];
const thing = fieldExamples.thing as string;

/** Where what has to be given is not all that a reader wants to see. */
export const requestExamples: Requests = {
  listThings: { query: { q: 'platform', limit: 50 } },
  createThing: {
    body: {
      name: 'Platform 1, left',
      model: 'android-tv',
      agent: fieldExamples.agent as string,
      groups: [fieldExamples.group as string],
      configuration: { address: '10.20.0.31' },
    },
  },
  changeThing: { body: { name: 'Platform 1, right' } },
  getThingLog: { query: { kind: 'property', from: '2026-01-30T20:00:00.000Z' } },
  getThingState: { query: { at: '2026-01-30T20:00:00.000Z' } },
  getStateAsOf: { query: { at: '2026-01-30T20:00:00.000Z' } },
  getPropertyHistory: { query: { from: '2026-01-30T20:00:00.000Z', to: '2026-01-31T20:00:00.000Z' } },
  exportHistory: { query: { properties: 'volume,power' } },
  actOnThing: { body: { volume: 12 } },
  createCommands: { body: { things, action: 'setVolume', input: { volume: 12 } } },
  listCommands: { query: { thing, state: 'failed' } },
  createSite: { body: { name: 'Nemiga', timeZone: 'Europe/Minsk' } },
  changeSite: { body: { name: 'Nemiga' } },
  createGroup: { body: { name: 'Platforms', things } },
  changeGroup: { body: { things } },
  createAgent: { body: { name: 'Nemiga, platform 1', site: fieldExamples.site as string } },
  changeAgent: { body: { name: 'Nemiga, platform 2' } },
  listAlerts: { query: { state: 'open' } },
  changeAlertRule: { body: { severity: 'critical', enabled: true } },
  createAlertRule: {
    body: {
      name: 'Too loud',
      kind: 'threshold',
      condition: { model: 'android-tv', property: 'volume', direction: 'above', limit: 80 },
      severity: 'warning',
      forSeconds: 60,
    },
  },
  createMaintenance: {
    body: {
      name: 'New cables',
      from: '2026-01-31T20:00:00.000Z',
      until: '2026-02-01T04:00:00.000Z',
      site: fieldExamples.site as string,
    },
  },
  changeMaintenance: { body: { until: '2026-02-01T02:00:00.000Z' } },
  createWebhook: { body: { name: 'Duty chat', url: 'https://hooks.metro.example/vakhta' } },
  changeWebhook: { body: { enabled: false } },
  addMember: {
    body: {
      email: 'anna@metro.example',
      name: 'Anna',
      password: 'seven green lamps hum',
      roles: ['operator'],
    },
  },
  changeMember: { body: { roles: ['manager'] } },
  invite: { body: { email: 'anna@metro.example', roles: ['operator'], language: 'en' } },
  renameOrganisation: { body: { name: 'Minsk Metro' } },
  createToken: { body: { name: 'Signage', permissions: ['things.view', 'things.operate'] } },
  listAudit: { query: { action: 'command.' } },
  changePassword: { body: { current: 'seven green lamps hum', next: 'eight blue lamps hum' } },
  changeDeskSettings: { body: { values: { VAKHTA_LOG_LEVEL: 'debug', VAKHTA_KEEP_VALUES_DAYS: 400 } } },
  setHall: {
    body: {
      timeZone: 'Europe/Minsk',
      gameDayStart: '06:00',
      currency: 'BYN',
      minorDigits: 2,
      policy: { twoPersonLimitMinor: 50_000 },
    },
  },
  readCasinoReport: { params: { hall: fieldExamples.hall as string, report: 'summary' } },
  readCasinoReportCsv: { params: { hall: fieldExamples.hall as string, report: 'summary' } },
};

/** A kind of thing with one property, one action and one event. */
const exampleModel = {
  id: 'android-tv',
  version: '1.0.0',
  title: { en: 'Android TV', ru: 'Телевизор на Android' },
  icon: 'device-tv',
  configuration: {
    type: 'object',
    properties: { address: { type: 'string', title: { en: 'Address', ru: 'Адрес' } } },
    required: ['address'],
  },
  properties: {
    volume: {
      title: { en: 'Volume', ru: 'Громкость' },
      schema: { type: 'integer', minimum: 0, maximum: 100, unit: '%' },
    },
  },
  actions: {
    setVolume: {
      title: { en: 'Set volume', ru: 'Установить громкость' },
      input: {
        type: 'object',
        properties: { volume: { type: 'integer', minimum: 0, maximum: 100 } },
        required: ['volume'],
      },
      effect: { property: 'volume', input: 'volume' },
      timeout: 10_000,
    },
  },
  events: { rebooted: { title: { en: 'Rebooted', ru: 'Перезагрузился' } } },
} as const;

/** One setting of the desk. */
const exampleSettings = {
  groups: [
    {
      title: { en: 'Log', ru: 'Журнал работы' },
      help: { en: 'What the server writes of its own work', ru: 'Что сервер пишет о своей работе' },
      applies: 'live',
      settings: [
        {
          name: 'VAKHTA_LOG_LEVEL',
          field: { type: 'string', title: { en: 'Log level', ru: 'Подробность журнала' }, default: 'info' },
          value: 'debug',
          source: 'panel',
          changeable: true,
        },
      ],
    },
  ],
} as const;

/** Where what is made of the schema alone would tell a reader little. */
const answerExamples: { readonly [Name in keyof typeof routes]?: unknown } = {
  listModels: { items: [exampleModel], next: null },
  getModel: exampleModel,
  getDeskSettings: exampleSettings,
  changeDeskSettings: exampleSettings,
  getProperty: 32,
};

/** An answer as the route declares it, parsed; undefined where it answers nothing, or no JSON. */
export function exampleAnswer(name: string, route: RouteDeclaration): Json | undefined {
  if (!route.response) return undefined;
  const own = answerExamples[name as keyof typeof routes];
  return own === undefined ? exampleOf(route.response, 'output') : (route.response.parse(own) as Json);
}
