import { Select, TextInput } from '@mantine/core';
import {
  type AlertRule,
  AlertRuleKind,
  type AlertRuleKindDeclaration,
  AlertRuleSettings,
  alertRuleKinds,
  alertRuleSettings,
  routes,
} from '@vakhta/api';
import type { DataSchema, SchemaViolation } from '@vakhta/things';
import { useState } from 'react';
import * as z from 'zod';
import { api } from '../../app/api.ts';
import { useGroups, useModels, useSites } from '../../app/directory.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { checkDraft, type Draft, draftOf } from '../../ui/schema-form/draft.ts';
import { SchemaFields } from '../../ui/schema-form/schema-fields.tsx';
import { useWords } from '../../words/words.ts';
import css from './alerts.module.css';
import { ruleOptions } from './rule-options.ts';

interface RuleDialogProps {
  /** None while one is added. */
  rule: AlertRule | undefined;
  onClose(): void;
  onSaved(): Promise<unknown>;
}

const schemaOf = (kind: AlertRuleKind): DataSchema => {
  const declaration: AlertRuleKindDeclaration = alertRuleKinds[kind];
  return declaration.schema;
};

/** A list that nothing is in is no choice. */
const withChoices = (schema: DataSchema, options: Record<string, readonly unknown[]>): DataSchema => ({
  ...schema,
  properties: Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(
      ([name, { optionsFrom }]) =>
        schema.required?.includes(name) ||
        optionsFrom === undefined ||
        (options[optionsFrom]?.length ?? 0) > 0,
    ),
  ),
});

const JsonRecord = z.record(z.string(), z.json());

/** A rule's form, drawn from the schema of its kind and the one all rules share. */
export function RuleDialog({ rule, onClose, onSaved }: RuleDialogProps) {
  const { t, say, language } = useWords();
  const [models, sites, groups] = [useModels(), useSites(), useGroups()];
  const only = models.size === 1 ? [...models.keys()][0] : undefined;
  const [name, setName] = useState(rule?.name ?? '');
  const [kind, setKind] = useState<AlertRuleKind>(rule?.kind ?? 'state');
  const startOf = (of: AlertRuleKind) =>
    draftOf(
      schemaOf(of),
      rule ? rule.condition : only === undefined || of === 'absence' ? {} : { model: only },
    );
  const [condition, setCondition] = useState<Draft>(() => startOf(kind));
  const [settings, setSettings] = useState<Draft>(() =>
    draftOf(alertRuleSettings, rule && withoutNull(settingsOf(rule))),
  );
  const [violations, setViolations] = useState<ReadonlyMap<string, SchemaViolation>>(new Map());

  const options = ruleOptions(
    { models, sites, groups, language, yes: t('value.yes'), no: t('value.no') },
    condition,
  );
  const shared = withChoices(alertRuleSettings, options);

  const save = async () => {
    const checkedCondition = checkDraft(schemaOf(kind), condition);
    const checkedSettings = checkDraft(shared, settings);
    setViolations(
      new Map([
        ...(checkedCondition.ok ? [] : checkedCondition.violations),
        ...(checkedSettings.ok ? [] : checkedSettings.violations),
      ]),
    );
    if (!checkedCondition.ok || !checkedSettings.ok) return false;
    const body = { ...AlertRuleSettings.parse(checkedSettings.value), enabled: rule?.enabled ?? true };
    const own = { name: name.trim(), condition: JsonRecord.parse(checkedCondition.value) };
    if (rule)
      await api.call(routes.changeAlertRule, {
        params: { rule: rule.id },
        body: rule.builtIn ? body : { ...body, ...own },
      });
    else await api.call(routes.createAlertRule, { body: { ...body, ...own, kind } });
    await onSaved();
    return true;
  };
  const { attempt, busy, refusal } = useAttempt(
    async () => {
      if (await save()) onClose();
    },
    () => {},
  );

  return (
    <FormDialog
      title={
        rule
          ? t('alertRules.editTitle', { name: rule.builtIn ? say(rule.builtIn.title) : rule.name })
          : t('alertRules.addTitle')
      }
      action={rule ? t('shell.do.save') : t('shell.do.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
      size="lg"
    >
      {rule?.builtIn ? (
        <p className={css.text}>{say(rule.builtIn.help)}</p>
      ) : (
        <>
          <TextInput
            label={t('alertRules.name')}
            description={t('alertRules.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={120}
            data-autofocus
          />
          {!rule && (
            <Select
              label={t('alertRules.kind')}
              description={say(alertRuleKinds[kind].help)}
              data={AlertRuleKind.options.map((value) => ({
                value,
                label: say(alertRuleKinds[value].title),
              }))}
              value={kind}
              allowDeselect={false}
              onChange={(value) => {
                const chosen = AlertRuleKind.parse(value);
                setKind(chosen);
                setCondition(startOf(chosen));
              }}
            />
          )}
          <SchemaFields
            schema={schemaOf(kind)}
            draft={condition}
            onChange={setCondition}
            violations={violations}
            readings={options}
          />
        </>
      )}
      <SchemaFields
        schema={shared}
        draft={settings}
        onChange={setSettings}
        violations={violations}
        readings={options}
      />
    </FormDialog>
  );
}

const settingsOf = (rule: AlertRule): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(rule).filter(([name]) => Object.hasOwn(alertRuleSettings.properties ?? {}, name)),
  );

const withoutNull = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
