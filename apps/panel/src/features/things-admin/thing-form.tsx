import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { ApiError, type ThingDetail } from '@vakhta/api';
import type { SchemaViolation } from '@vakhta/things';
import { type FormEvent, useState } from 'react';
import { useAgents, useGroups, useModels, useSites } from '../../app/directory.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { checkDraft, type Draft, draftOf } from '../../ui/schema-form/draft.ts';
import { SchemaFields } from '../../ui/schema-form/schema-fields.tsx';
import { useErrorText } from '../../words/error-text.ts';
import { useWords } from '../../words/words.ts';
import css from './thing-form.module.css';

export interface ThingFormValue {
  name: string;
  model: string;
  agent: string;
  site: string;
  groups: string[];
  configuration: ThingDetail['configuration'];
}

interface ThingFormProps {
  /** The thing being changed; none while one is added. */
  thing?: ThingDetail;
  submit: string;
  onSubmit(value: ThingFormValue): Promise<unknown>;
  onCancel(): void;
}

const noViolations: ReadonlyMap<string, SchemaViolation> = new Map();
const CONFIGURATION = 'configuration.';

/** Who looks after a thing, what it is, and how to reach it: the last part drawn from its model. */
export function ThingForm({ thing, submit, onSubmit, onCancel }: ThingFormProps) {
  const { t, say } = useWords();
  const textOf = useErrorText();
  const [agents, models, sites, groups] = [useAgents(), useModels(), useSites(), useGroups()];
  const only = <Item extends { id: string }>(items: ReadonlyMap<string, Item>) =>
    items.size === 1 ? (items.values().next().value?.id ?? '') : '';
  const [name, setName] = useState(thing?.name ?? '');
  const [agent, setAgent] = useState(thing?.agent ?? only(agents));
  const [chosenSite, setSite] = useState(thing?.site);
  const [modelId, setModel] = useState(thing?.model ?? only(models));
  const [inGroups, setGroups] = useState(thing?.groups ?? []);
  const model = models.get(modelId);
  const [edited, setDraft] = useState<Draft>();
  const draft = edited ?? (model ? draftOf(model.configuration, thing?.configuration) : {});
  const [violations, setViolations] = useState(noViolations);
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const [isNameMissing, setNameMissing] = useState(false);
  const site = chosenSite ?? agents.get(agent)?.site ?? '';
  const fieldError = (field: string) =>
    error instanceof ApiError && error.field === field ? textOf(error) : undefined;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!model) return;
    const checked = checkDraft(model.configuration, draft);
    setViolations(checked.ok ? noViolations : checked.violations);
    setNameMissing(name.trim() === '');
    if (!checked.ok || name.trim() === '') return;
    setBusy(true);
    setError(undefined);
    try {
      const configuration = checked.value as ThingFormValue['configuration'];
      await onSubmit({ name: name.trim(), model: modelId, agent, site, groups: inGroups, configuration });
    } catch (refusal) {
      if (refusal instanceof ApiError && refusal.field?.startsWith(CONFIGURATION)) {
        const field = refusal.field.slice(CONFIGURATION.length);
        const { rule = 'other', message } = refusal;
        setViolations(new Map([[field, { field, rule, message }]]));
      }
      setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={css.form} onSubmit={(event) => void save(event)} noValidate>
      <PanelSection title={t('admin.kind')}>
        <div className={css.fields}>
          <Select
            label={t('admin.agent')}
            description={t('admin.agentHint')}
            data={[...agents.values()].map(({ id, name: label }) => ({ value: id, label }))}
            value={agent === '' ? null : agent}
            onChange={(value) => setAgent(value ?? '')}
            required
            allowDeselect={false}
          />
          <Select
            label={t('admin.kind')}
            description={model?.description && say(model.description)}
            data={[...models.values()].map(({ id, title }) => ({ value: id, label: say(title) }))}
            value={modelId === '' ? null : modelId}
            onChange={(value) => {
              setModel(value ?? '');
              setDraft(undefined);
            }}
            required
            allowDeselect={false}
            disabled={thing !== undefined}
          />
          <TextInput
            label={t('admin.name')}
            placeholder={t('admin.namePlaceholder')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={120}
            error={isNameMissing ? t('rules.required') : fieldError('name')}
          />
          <Select
            label={t('admin.site')}
            data={[...sites.values()].map(({ id, name: label }) => ({ value: id, label }))}
            value={site === '' ? null : site}
            onChange={(value) => setSite(value ?? undefined)}
            required
            allowDeselect={false}
          />
          {groups.size > 0 && (
            <MultiSelect
              label={t('admin.groups')}
              description={t('admin.groupsHint')}
              data={[...groups.values()].map(({ id, name: label }) => ({ value: id, label }))}
              value={inGroups}
              onChange={setGroups}
              clearable
            />
          )}
        </div>
      </PanelSection>
      {model && (
        <PanelSection title={t('admin.configuration')}>
          <SchemaFields
            schema={model.configuration}
            draft={draft}
            onChange={setDraft}
            violations={violations}
          />
        </PanelSection>
      )}
      {(error || violations.size > 0) && (
        <p className={css.refusal} role="alert">
          {error ? textOf(error) : t('form.errors', { count: violations.size })}
        </p>
      )}
      <div className={css.buttons}>
        <Button variant="default" onClick={onCancel}>
          {t('shell.do.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!model || agent === ''}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
