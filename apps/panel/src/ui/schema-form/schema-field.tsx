import {
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Slider,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { DataSchema, SchemaViolation } from '@vakhta/things';
import { useId } from 'react';
import { useWords } from '../../words/words.ts';
import { optionsOf } from '../format/value.ts';
import type { DraftValue } from './draft.ts';
import css from './schema-form.module.css';
import { useViolationText } from './violation-text.ts';

interface SchemaFieldProps {
  name: string;
  schema: DataSchema;
  required: boolean;
  value: DraftValue;
  onChange(value: DraftValue): void;
  violation: SchemaViolation | undefined;
  readings: Readonly<Record<string, unknown>>;
}

/** A list this short is shown whole; a longer one opens and can be searched. */
const SHORT_LIST = 4;
/** A range this wide can still be set by hand on a slider. */
const SLIDER_RANGE = 200;

/** One field, drawn by its schema. */
export function SchemaField(props: SchemaFieldProps) {
  const { name, schema, required, value, onChange, violation, readings } = props;
  const { t, say } = useWords();
  const textOf = useViolationText();
  const label = schema.title ? say(schema.title) : name;
  const common = {
    label,
    description: schema.description && say(schema.description),
    error: violation && textOf(violation),
    required,
  };
  const options = schema.optionsFrom === undefined ? [] : optionsOf(readings[schema.optionsFrom]);

  if (schema.type === 'boolean')
    return (
      <Switch
        label={label}
        description={common.description}
        error={common.error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (schema.type === 'integer' || schema.type === 'number') return <NumberField {...props} />;
  if (schema.type === 'array')
    return (
      <TagsInput
        {...common}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={onChange}
        data={options.map((option) => option.value)}
      />
    );
  if (schema.choices && schema.choices.length <= SHORT_LIST && required)
    return (
      <ShortChoice
        {...common}
        value={String(value ?? '')}
        onChange={onChange}
        data={schema.choices.map((choice) => ({ value: choice.const, label: say(choice.title) }))}
      />
    );
  if (schema.choices || options.length > 0) {
    const data =
      schema.choices?.map((choice) => ({ value: choice.const, label: say(choice.title) })) ?? options;
    return (
      <Select
        {...common}
        data={data}
        searchable={data.length > SHORT_LIST * 2}
        clearable={!required}
        nothingFoundMessage={t('form.nothingFound')}
        value={typeof value === 'string' && value !== '' ? value : null}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  if (schema.display === 'secret')
    return (
      <PasswordInput
        {...common}
        autoComplete="off"
        value={String(value ?? '')}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...common}
      autoComplete="off"
      spellCheck={false}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function ShortChoice(props: {
  label: string;
  description: string | undefined;
  error: string | undefined;
  value: string;
  onChange(value: string): void;
  data: { value: string; label: string }[];
}) {
  const id = useId();
  return (
    <div>
      <div id={id} className={css.label}>
        {props.label}
      </div>
      {props.description && <p className={css.note}>{props.description}</p>}
      <SegmentedControl
        aria-labelledby={id}
        value={props.value}
        onChange={props.onChange}
        data={props.data}
      />
      {props.error && <p className={css.error}>{props.error}</p>}
    </div>
  );
}

/** A figure; with a slider beside it where both ends of its range are known and near. */
function NumberField({ name, schema, required, value, onChange, violation, readings }: SchemaFieldProps) {
  const { say } = useWords();
  const textOf = useViolationText();
  const label = schema.title ? say(schema.title) : name;
  const reading = schema.maximumFrom === undefined ? undefined : readings[schema.maximumFrom];
  const maximum = typeof reading === 'number' ? reading : schema.maximum;
  const { minimum } = schema;
  const number = typeof value === 'number' ? value : Number(String(value ?? '').replace(',', '.'));
  const slides = minimum !== undefined && maximum !== undefined && maximum - minimum <= SLIDER_RANGE;
  return (
    <div>
      <NumberInput
        label={label}
        description={schema.description && say(schema.description)}
        error={violation && textOf(violation)}
        required={required}
        allowDecimal={schema.type === 'number'}
        decimalSeparator="."
        allowedDecimalSeparators={['.', ',']}
        // A figure out of range is said to be so, not changed behind the person’s back.
        clampBehavior="none"
        {...(minimum !== undefined && { min: minimum })}
        {...(maximum !== undefined && { max: maximum })}
        {...(schema.unit !== undefined && { suffix: `\u00a0${schema.unit}` })}
        value={typeof value === 'number' || typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
      {slides && (
        <Slider
          className={css.slider}
          thumbLabel={label}
          label={null}
          min={minimum}
          max={maximum}
          step={schema.type === 'integer' ? 1 : (maximum - minimum) / 100}
          value={Number.isNaN(number) ? minimum : number}
          onChange={onChange}
        />
      )}
    </div>
  );
}
