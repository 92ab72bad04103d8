import type { DataSchema } from '@vakhta/things';
import * as z from 'zod';
import { Id } from '../fields.ts';
import { AlertSeverity, severityChoices } from './severity.ts';

/** What every rule has besides its condition, as a form draws it. */
export const alertRuleSettings: DataSchema = {
  type: 'object',
  properties: {
    severity: {
      type: 'string',
      title: { en: 'How bad', ru: 'Насколько серьёзно' },
      description: {
        en: 'A warning sounds in the panel; a critical alert gets through quiet hours',
        ru: '«Внимание» звучит в панели; «авария» пробивается через тихие часы',
      },
      choices: severityChoices,
      default: 'warning',
    },
    forSeconds: {
      type: 'integer',
      title: { en: 'When it has lasted', ru: 'Если длится' },
      description: {
        en: 'Nothing is raised for what passes sooner',
        ru: 'То, что прошло быстрее, тревоги не поднимает',
      },
      unit: 's',
      minimum: 0,
      maximum: 604_800,
      default: 30,
    },
    clearAfterSeconds: {
      type: 'integer',
      title: { en: 'Clears after', ru: 'Снимается через' },
      description: {
        en: 'How long all must be well, or nothing more happen, before it clears by itself',
        ru: 'Сколько времени всё должно быть хорошо, чтобы тревога снялась сама',
      },
      unit: 's',
      minimum: 0,
      maximum: 604_800,
      default: 0,
    },
    escalateAfterMinutes: {
      type: 'integer',
      title: { en: 'Escalate after', ru: 'Поднять важность через' },
      description: {
        en: 'Unacknowledged for so long it becomes one step worse, and those it was not told to are told; never when empty',
        ru: 'Если столько времени никто не принял, важность растёт на ступень и узнают остальные; пусто — никогда',
      },
      unit: 'min',
      minimum: 1,
      maximum: 10_080,
    },
    site: {
      type: 'string',
      title: { en: 'Only at the site', ru: 'Только на объекте' },
      description: { en: 'Everywhere when empty', ru: 'Пусто — везде' },
      optionsFrom: 'sites',
    },
    group: {
      type: 'string',
      title: { en: 'Only in the group', ru: 'Только в группе' },
      description: { en: 'Whatever the group when empty', ru: 'Пусто — в любой' },
      optionsFrom: 'groups',
    },
  },
  required: ['severity', 'forSeconds', 'clearAfterSeconds'],
};

const period = z.int().min(0).max(604_800);

/** The same as a request carries it; null clears an optional one. */
export const AlertRuleSettings = z.strictObject({
  severity: AlertSeverity.default('warning'),
  forSeconds: period.default(30),
  clearAfterSeconds: period.default(0),
  escalateAfterMinutes: z.int().min(1).max(10_080).nullable().default(null),
  site: Id.nullable().default(null),
  group: Id.nullable().default(null),
  enabled: z.boolean().default(true),
});
export type AlertRuleSettings = z.infer<typeof AlertRuleSettings>;
