import { type AlertRule, alertRuleRoutes as routes } from '@vakhta/api';
import { newId } from '@vakhta/kernel';
import { sql } from 'kysely';
import { afterName, pageByName } from '../../platform/http/cursor.ts';
import { HttpProblem, notFound } from '../../platform/http/http-problem.ts';
import type { Tx } from '../../platform/postgres/database.ts';
import type { Api } from '../access/api.ts';
import { auditedChange } from '../audit/audited-change.ts';
import { selectModels } from '../things/thing-store.ts';
import { checkCondition } from './check-condition.ts';
import { requirePlaces } from './require-places.ts';
import type { AlertRouteDeps } from './routes.ts';
import { selectRules, writeRule } from './rule-store.ts';

export function alertRuleRoutes(api: Api, { database, clock, random, hub }: AlertRouteDeps): void {
  const change = auditedChange({ database, hub }, 'alert_rule');

  const requireRule = async (tx: Tx, id: string): Promise<AlertRule> => {
    const [rule] = await selectRules(tx, { id, limit: 1 });
    if (!rule) throw notFound('alert rule');
    return rule;
  };

  api.implement(routes.listAlertRules, ({ principal, query: { limit, cursor } }) =>
    database.tenant(principal.organisation, async (tx) =>
      pageByName(await selectRules(tx, { limit: limit + 1, ...afterName(cursor) }), limit),
    ),
  );

  api.implement(routes.createAlertRule, ({ principal, body }) => {
    const id = newId({ clock, random });
    return change(principal, 'alert_rule.created', id, async (tx) => {
      await requirePlaces(tx, body);
      const condition = checkCondition(body.kind, body.condition, await selectModels(tx));
      await writeRule(tx, { ...body, id, organisation: principal.organisation, condition, edited: true });
      return { answer: await requireRule(tx, id), detail: { ...body, condition } };
    });
  });

  api.implement(routes.changeAlertRule, ({ principal, params, body }) =>
    change(principal, 'alert_rule.changed', params.rule, async (tx) => {
      const rule = await requireRule(tx, params.rule);
      if (rule.builtIn && (body.name !== undefined || body.condition !== undefined))
        throw new HttpProblem('unprocessable', 'a built-in rule keeps its name and its condition', {
          field: body.name === undefined ? 'condition' : 'name',
          rule: 'builtIn',
        });
      await requirePlaces(tx, body);
      const condition = body.condition
        ? checkCondition(rule.kind, body.condition, await selectModels(tx))
        : rule.condition;
      // What is undefined was not given: the rule's own stands.
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      await writeRule(tx, {
        ...rule,
        ...given,
        builtIn: undefined,
        organisation: principal.organisation,
        condition,
        edited: true,
      });
      return { answer: await requireRule(tx, params.rule), detail: given };
    }),
  );

  api.implement(routes.removeAlertRule, ({ principal, params }) =>
    change(principal, 'alert_rule.removed', params.rule, async (tx) => {
      const rule = await requireRule(tx, params.rule);
      if (rule.builtIn)
        throw new HttpProblem('unprocessable', 'a built-in rule is switched off, not removed', {
          field: 'rule',
          rule: 'builtIn',
        });
      await sql`delete from alert_rules where id = ${params.rule}`.execute(tx);
      return { answer: undefined, detail: { name: rule.name } };
    }),
  );
}
