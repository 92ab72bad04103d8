import { type AlertRuleKind, type AlertRuleKindDeclaration, alertRuleKinds } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import { parseValue, type ThingModel } from '@vakhta/things';
import { HttpProblem } from '../../platform/http/http-problem.ts';

/**
 * Checks a rule's condition against its kind and the models in use, and fills in what was left out. Throws
 * `HttpProblem` with the field and the rule it breaks.
 */
export function checkCondition(
  kind: AlertRuleKind,
  given: Record<string, Json>,
  models: readonly ThingModel[],
): Record<string, Json> {
  const { schema }: AlertRuleKindDeclaration = alertRuleKinds[kind];
  const parsed = parseValue(schema, given, 'condition');
  if (!parsed.ok)
    throw new HttpProblem('invalid_field', parsed.error.message, {
      field: parsed.error.field,
      rule: parsed.error.rule,
    });
  const condition = parsed.value as Record<string, Json>;
  if (condition.model === undefined) return condition;
  const model = models.find(({ id }) => id === condition.model);
  if (!model) throw unknownName('model', 'no agent brings things of this kind');
  const property = model.properties[String(condition.property)];
  if (condition.property !== undefined && !property)
    throw unknownName('property', `a thing of the kind ${model.id} has no such property`);
  if (
    kind === 'threshold' &&
    property &&
    property.schema.type !== 'number' &&
    property.schema.type !== 'integer'
  )
    throw new HttpProblem('invalid_field', 'condition.property: must be a figure', {
      field: 'condition.property',
      rule: 'type',
    });
  if (condition.event !== undefined && !model.events[String(condition.event)])
    throw unknownName('event', `a thing of the kind ${model.id} has no such event`);
  return condition;
}

const unknownName = (field: string, message: string): HttpProblem =>
  new HttpProblem('invalid_field', `condition.${field}: ${message}`, {
    field: `condition.${field}`,
    rule: 'enum',
  });
