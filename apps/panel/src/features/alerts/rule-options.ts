import type { Group, Site } from '@vakhta/api';
import type { ThingModel } from '@vakhta/things';
import type { Language } from '../../words/words.ts';

interface Known {
  models: ReadonlyMap<string, ThingModel>;
  sites: ReadonlyMap<string, Site>;
  groups: ReadonlyMap<string, Group>;
  language: Language;
  yes: string;
  no: string;
}

interface Option {
  value: string;
  label: string;
}

/**
 * The lists that a rule's form takes its choices from (`optionsFrom` of the schemas), given what is chosen so far: the
 * properties of the chosen model, the values of the chosen property.
 */
export function ruleOptions(
  known: Known,
  chosen: { model?: unknown; property?: unknown },
): Record<string, Option[]> {
  const { models, sites, groups, language } = known;
  const model = models.get(String(chosen.model ?? ''));
  const properties = Object.entries(model?.properties ?? {});
  const titled = ([value, { title }]: (typeof properties)[number]) => ({ value, label: title[language] });
  const isFigure = ([, { schema }]: (typeof properties)[number]) =>
    schema.type === 'number' || schema.type === 'integer';
  const isState = ([, { schema }]: (typeof properties)[number]) =>
    schema.type === 'string' || schema.type === 'boolean';
  return {
    models: [...models.values()].map(({ id, title }) => ({ value: id, label: title[language] })),
    numbers: properties.filter(isFigure).map(titled),
    states: properties.filter(isState).map(titled),
    values: valuesOf(model?.properties[String(chosen.property ?? '')]?.schema, known),
    events: Object.entries(model?.events ?? {}).map(([value, { title }]) => ({
      value,
      label: title[language],
    })),
    sites: [...sites.values()].map(({ id, name }) => ({ value: id, label: name })),
    groups: [...groups.values()].map(({ id, name }) => ({ value: id, label: name })),
  };
}

function valuesOf(
  schema: ThingModel['properties'][string]['schema'] | undefined,
  { language, yes, no }: Known,
): Option[] {
  if (schema?.type === 'boolean')
    return [
      { value: 'true', label: yes },
      { value: 'false', label: no },
    ];
  return schema?.choices?.map((choice) => ({ value: choice.const, label: choice.title[language] })) ?? [];
}
