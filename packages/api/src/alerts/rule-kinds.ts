import type { DataSchema, Localized } from '@vakhta/things';
import * as z from 'zod';
import { agentEventChoices } from './agent-events.ts';

/** One kind of alert rule: its words and what must be said to make one. */
export interface AlertRuleKindDeclaration {
  title: Localized;
  help: Localized;
  /** The rule's condition, an object schema. `optionsFrom` names a list that the models in use give. */
  schema: DataSchema;
}

const model: DataSchema = {
  type: 'string',
  title: { en: 'Kind of thing', ru: 'Вид устройства' },
  description: {
    en: 'The rule watches every thing of this kind',
    ru: 'Правило следит за всеми устройствами этого вида',
  },
  optionsFrom: 'models',
};

const property = (optionsFrom: string): DataSchema => ({
  type: 'string',
  title: { en: 'Property', ru: 'Показание' },
  description: { en: 'What is looked at', ru: 'На что смотреть' },
  optionsFrom,
});

const times: DataSchema = {
  type: 'integer',
  title: { en: 'How many times', ru: 'Сколько раз' },
  description: {
    en: 'The alert is raised at this many, no sooner',
    ru: 'Тревога поднимается, когда событие случилось столько раз',
  },
  minimum: 1,
  maximum: 100,
  default: 1,
};

const within: DataSchema = {
  type: 'integer',
  title: { en: 'Within', ru: 'За время' },
  description: {
    en: 'Counts only what happened within this time; of no matter for a single time',
    ru: 'Считать только случившееся за это время; для одного раза не важно',
  },
  unit: 's',
  minimum: 1,
  maximum: 86_400,
  default: 600,
};

/** Every kind of rule. The form, its help, the check of a request and the evaluation all go by this table. */
export const alertRuleKinds = {
  threshold: {
    title: { en: 'A figure too high or too low', ru: 'Число слишком велико или мало' },
    help: {
      en: 'Raised when a figure passes a limit; cleared only when it is back by the margin, so that a figure that trembles at the limit raises it once.',
      ru: 'Поднимается, когда число переходит предел; снимается, лишь когда оно вернулось с запасом: число, дрожащее у предела, поднимет тревогу один раз.',
    },
    schema: {
      type: 'object',
      properties: {
        model,
        property: property('numbers'),
        direction: {
          type: 'string',
          title: { en: 'Raise when it is', ru: 'Поднимать, когда' },
          description: { en: 'On which side of the limit', ru: 'По какую сторону предела' },
          choices: [
            { const: 'above', title: { en: 'Above the limit', ru: 'Выше предела' } },
            { const: 'below', title: { en: 'Below the limit', ru: 'Ниже предела' } },
          ],
          default: 'above',
        },
        limit: {
          type: 'number',
          title: { en: 'Limit', ru: 'Предел' },
          description: {
            en: 'In the unit the property is shown in',
            ru: 'В тех же единицах, что и показание',
          },
        },
        margin: {
          type: 'number',
          title: { en: 'Margin', ru: 'Запас' },
          description: {
            en: 'How far back behind the limit it must be before the alert clears',
            ru: 'Насколько оно должно вернуться за предел, чтобы тревога снялась',
          },
          minimum: 0,
          default: 0,
        },
      },
      required: ['model', 'property', 'direction', 'limit'],
    },
  },
  state: {
    title: { en: 'A state that should not be', ru: 'Состояние, которого быть не должно' },
    help: {
      en: 'Raised while a property equals a value, or differs from it.',
      ru: 'Поднимается, пока показание равно значению или отличается от него.',
    },
    schema: {
      type: 'object',
      properties: {
        model,
        property: property('states'),
        comparison: {
          type: 'string',
          title: { en: 'Raise while it', ru: 'Поднимать, пока оно' },
          description: {
            en: 'Whether the value is the bad one or the only good one',
            ru: 'Плохое ли это значение или единственно хорошее',
          },
          choices: [
            { const: 'equals', title: { en: 'Is', ru: 'Равно' } },
            { const: 'differs', title: { en: 'Is not', ru: 'Не равно' } },
          ],
          default: 'equals',
        },
        value: {
          type: 'string',
          title: { en: 'Value', ru: 'Значение' },
          description: { en: 'The value it is compared with', ru: 'С чем сравнивать' },
          optionsFrom: 'values',
        },
      },
      required: ['model', 'property', 'comparison', 'value'],
    },
  },
  event: {
    title: { en: 'Something happened to a thing', ru: 'С устройством что-то случилось' },
    help: {
      en: 'Raised by an event, or by several within a time; clears by itself when none came for a while.',
      ru: 'Поднимается событием или несколькими за время; снимается сама, если их какое-то время не было.',
    },
    schema: {
      type: 'object',
      properties: {
        model,
        event: {
          type: 'string',
          title: { en: 'Event', ru: 'Событие' },
          description: { en: 'What happened', ru: 'Что случилось' },
          optionsFrom: 'events',
        },
        times,
        within,
      },
      required: ['model', 'event'],
    },
  },
  agentEvent: {
    title: { en: 'Something happened to an agent', ru: 'С агентом что-то случилось' },
    help: {
      en: 'Raised by what an agent tells of itself or of a driver: crashes, a full disk, a clock that jumped.',
      ru: 'Поднимается тем, что агент сообщает о себе или о драйвере: сбои, полный диск, скачок часов.',
    },
    schema: {
      type: 'object',
      properties: {
        event: {
          type: 'string',
          title: { en: 'Event', ru: 'Событие' },
          description: { en: 'What the agent told', ru: 'Что сообщил агент' },
          choices: agentEventChoices,
        },
        times,
        within,
      },
      required: ['event'],
    },
  },
  absence: {
    title: { en: 'Out of contact', ru: 'Нет связи' },
    help: {
      en: 'Raised when nothing is heard for the time given below. While an agent is out of contact its things raise nothing: there is one alert, for the agent.',
      ru: 'Поднимается, когда связи нет указанное ниже время. Пока нет связи с агентом, его устройства тревог не поднимают: тревога одна, об агенте.',
    },
    schema: {
      type: 'object',
      properties: {
        of: {
          type: 'string',
          title: { en: 'With whom', ru: 'С кем' },
          description: { en: 'What falls silent', ru: 'Кто замолчал' },
          choices: [
            { const: 'thing', title: { en: 'A thing', ru: 'Устройство' } },
            { const: 'agent', title: { en: 'An agent', ru: 'Агент' } },
          ],
          default: 'thing',
        },
        model: {
          ...model,
          description: {
            en: 'Only things of this kind; every kind when left empty',
            ru: 'Только устройства этого вида; пусто — любого',
          },
        },
      },
      required: ['of'],
    },
  },
} as const satisfies Record<string, AlertRuleKindDeclaration>;

export const AlertRuleKind = z.enum(
  Object.keys(alertRuleKinds) as [keyof typeof alertRuleKinds, ...(keyof typeof alertRuleKinds)[]],
);
export type AlertRuleKind = z.infer<typeof AlertRuleKind>;
