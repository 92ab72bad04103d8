import type { DataSchema, SchemaViolation } from '@vakhta/things';
import { useWords } from '../../words/words.ts';
import type { Draft, DraftValue } from './draft.ts';
import { SchemaField } from './schema-field.tsx';
import css from './schema-form.module.css';

export interface SchemaFieldsProps {
  schema: DataSchema;
  draft: Draft;
  onChange(draft: Draft): void;
  /** By dotted path. */
  violations: ReadonlyMap<string, SchemaViolation>;
  /** The values of the thing's own properties that fields take their choices and limits from. */
  readings?: Readonly<Record<string, unknown>>;
  /** Path of these fields within the whole form. */
  path?: string;
}

/** The fields of an object schema, in the model's order; nothing about any kind of thing is known here. */
export function SchemaFields({
  schema,
  draft,
  onChange,
  violations,
  readings = {},
  path = '',
}: SchemaFieldsProps) {
  const { say } = useWords();
  return (
    <div className={css.fields}>
      {Object.entries(schema.properties ?? {}).map(([name, member]) => {
        const at = path === '' ? name : `${path}.${name}`;
        const change = (value: DraftValue) => onChange({ ...draft, [name]: value });
        if (member.type === 'object') {
          const inner = draft[name];
          return (
            <fieldset key={name} className={css.group}>
              <legend>{member.title ? say(member.title) : name}</legend>
              {member.description && <p className={css.note}>{say(member.description)}</p>}
              <SchemaFields
                schema={member}
                draft={typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}}
                onChange={change}
                violations={violations}
                readings={readings}
                path={at}
              />
            </fieldset>
          );
        }
        return (
          <SchemaField
            key={name}
            name={name}
            schema={member}
            required={schema.required?.includes(name) === true}
            value={draft[name]}
            onChange={change}
            violation={violations.get(at)}
            readings={readings}
          />
        );
      })}
    </div>
  );
}
