import {
  type AlertRuleKindDeclaration,
  agentEventChoices,
  alertRuleKinds,
  alertRuleSettings,
  notificationSettings,
  permissions,
  severityChoices,
} from '@vakhta/api';
import { type DataSchema, Localized } from '@vakhta/things';
import { describe, expect, test } from 'vitest';
import { settings } from './config.ts';
import { builtInRules } from './core/alerts/built-in-rules.ts';
import { settingWords } from './setting-words.ts';

type Words = [what: string, label: unknown, help: unknown];

/** Every field of a form with the words it is drawn with; a choice needs no help of its own. */
const fieldsOf = (of: string, schema: DataSchema): Words[] =>
  Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `${of}.${name}`,
    field.title,
    field.description,
  ]);

const kinds = Object.entries<AlertRuleKindDeclaration>(alertRuleKinds);
const forms: [string, DataSchema][] = [
  ...kinds.map(([name, { schema }]): [string, DataSchema] => [name, schema]),
  ['settings of a rule', alertRuleSettings],
  ['notifications', notificationSettings],
];

/** All that a person may set, choose or be allowed, wherever it is declared. */
const registries: Words[] = [
  ...Object.entries(permissions).map(([name, { en, ru, help }]): Words => [name, { en, ru }, help]),
  ...Object.keys(settings).map((name): Words => {
    const words = settingWords[name as keyof typeof settings];
    return [name, words?.label, words?.help];
  }),
  ...kinds.map(([name, { title, help }]): Words => [name, title, help]),
  ...builtInRules.map(({ name, title, help }): Words => [name, title, help]),
  ...forms.flatMap(([name, schema]) => fieldsOf(name, schema)),
];

/** Words that are the same in every language are none of either: a Russian text has Russian letters. */
const bothLanguages = (text: unknown): boolean => {
  const { success, data } = Localized.safeParse(text);
  return success && data.en !== data.ru && /[а-яё]/i.test(data.ru) && !/[а-яё]/i.test(data.en);
};

describe('every setting, alert rule and permission has a label and a help in both languages', () => {
  test.each(registries)('%s', (_, label, help) => {
    expect(label).toSatisfy(bothLanguages);
    expect(help).toSatisfy(bothLanguages);
    expect(help).not.toEqual(label);
  });

  test('and what can be chosen is named in both', () => {
    const choices = [
      ...severityChoices,
      ...agentEventChoices,
      ...forms.flatMap(([, schema]) =>
        Object.values(schema.properties ?? {}).flatMap((field) => field.choices ?? []),
      ),
    ];
    for (const choice of choices)
      expect([choice.const, bothLanguages(choice.title)]).toEqual([choice.const, true]);
    expect(choices.length).toBeGreaterThan(20);
  });
});

test.each(Object.entries(settings))('%s: what --help says is what the words say', (name, schema) => {
  expect(schema.description).toBe(settingWords[name as keyof typeof settings].help.en);
});
