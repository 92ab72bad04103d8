import { Button } from '@mantine/core';
import { ApiError, type DeskSetting } from '@vakhta/api';
import type { DataSchema, SchemaViolation } from '@vakhta/things';
import { useState } from 'react';
import { PlainForm } from '../../ui/plain-form.tsx';
import { checkDraft, type Draft, draftOf } from '../../ui/schema-form/draft.ts';
import { SchemaFields } from '../../ui/schema-form/schema-fields.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import { SettingRows } from './setting-rows.tsx';
import css from './settings-page.module.css';
import { type SettingChanges, useChangeSettings } from './use-change-settings.ts';

const NOTHING_WRONG: ReadonlyMap<string, SchemaViolation> = new Map();

/** The settings of one group: fields for what can be changed, rows for what no field shows. */
export function GroupForm({ settings }: { settings: readonly DeskSetting[] }) {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const changeable = settings.filter((setting) => setting.changeable);
  /** Besides what it does: that it was set here, or that a secret stays unless another is typed. */
  const withNote = ({ field, source }: DeskSetting): DataSchema => {
    if (source !== 'panel') return field;
    const note = isSecret(field) ? t('settings.keep') : t('settings.source.panel');
    const text = field.description ? `${say(field.description)} · ${note}` : note;
    return { ...field, description: { en: text, ru: text } };
  };
  const schema: DataSchema = {
    type: 'object',
    properties: Object.fromEntries(changeable.map((setting) => [setting.name, withNote(setting)])),
    required: changeable.filter(({ field }) => field.default !== undefined).map(({ name }) => name),
  };
  const [initial] = useState<Draft>(() =>
    draftOf(
      schema,
      // What is secret is never shown again: its field is empty, and left so it stays as it is.
      Object.fromEntries(changeable.map(({ name, field, value }) => [name, isSecret(field) ? '' : value])),
    ),
  );
  const [draft, setDraft] = useState(initial);
  const [violations, setViolations] = useState(NOTHING_WRONG);
  const change = useChangeSettings();
  // Taken back together: some go in pairs.
  const setHere = changeable.filter(({ source }) => source === 'panel');
  const changed = changeable.filter(({ name }) => draft[name] !== initial[name]);
  const submit = () => {
    const checked = checkDraft(schema, draft);
    setViolations(checked.ok ? NOTHING_WRONG : checked.violations);
    if (!checked.ok) return;
    const values: SettingChanges = Object.fromEntries(
      changed.map(({ name }) => [name, plain(checked.value[name])]),
    );
    change.mutate(values, { onError: (error) => setViolations(violationsOf(error)) });
  };
  return (
    <>
      <SettingRows
        settings={settings.filter(
          ({ field, source }) => source === 'environment' || (isSecret(field) && source === 'panel'),
        )}
      />
      {changeable.length > 0 && (
        <PlainForm className={css.form} onSubmit={submit}>
          <SchemaFields schema={schema} draft={draft} onChange={setDraft} violations={violations} />
          {change.error && violations.size === 0 && (
            <p className={css.problem} role="alert">
              {textOf(change.error)}
            </p>
          )}
          <div className={css.buttons}>
            <Button type="submit" loading={change.isPending} disabled={changed.length === 0}>
              {t('shell.do.save')}
            </Button>
            {setHere.length > 0 && (
              <Button
                variant="default"
                disabled={change.isPending}
                onClick={() => change.mutate(Object.fromEntries(setHere.map(({ name }) => [name, null])))}
              >
                {t('settings.takeBack')}
              </Button>
            )}
          </div>
        </PlainForm>
      )}
    </>
  );
}

const isSecret = (field: DataSchema): boolean => field.display === 'secret';

const plain = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** Where the server found a fault that the form could not: two fields that do not go together, an address. */
function violationsOf(error: unknown): ReadonlyMap<string, SchemaViolation> {
  if (!(error instanceof ApiError) || error.field === undefined || error.rule === undefined)
    return NOTHING_WRONG;
  return new Map([[error.field, { field: error.field, rule: error.rule, message: error.message }]]);
}
