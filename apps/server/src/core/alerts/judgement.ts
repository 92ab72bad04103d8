import type { Instant } from '@vakhta/kernel';
import { type RawBuilder, sql } from 'kysely';

/** The moment of judging. */
export interface Moment {
  now: Instant;
  /** Since when some server has listened without a gap: nobody can have been silent to it for longer. */
  listeningSince: Instant;
}

const at = (instant: Instant) => sql`${new Date(instant)}::timestamptz`;

/** Whether a thing or an agent lies within what a row of `scope` is limited to. */
const within = (scope: RawBuilder<unknown>) => sql`(
  (${scope}.site_id is null or ${scope}.site_id = j.site_id)
  and (${scope}.group_id is null or exists (
    select from group_things g where g.group_id = ${scope}.group_id and g.thing_id = j.subject_id)))`;

/**
 * Every rule with every thing and agent it is about, as the CTE `judged`: whether its condition holds, since when, and
 * what keeps it from being told.
 *
 * - `hidden`: the agent that looks after the thing is out of contact, and a rule tells of that: one alert, not one for
 *   each of its things.
 * - `maintained`: a maintenance window covers it, or its agent.
 *
 * Silence is no fact of the log: it is read off the presence of things and agents.
 */
export const judged = ({ now, listeningSince }: Moment): RawBuilder<unknown> => sql`
  kinds as materialized (
    select org_id, id, definition -> 'silentWhen' ->> 'property' as property,
      (definition -> 'silentWhen' -> 'equals')::jsonb as value
    from thing_models where definition -> 'silentWhen' is not null
  ),
  contacts as (
    select t.org_id, 'thing' as kind, t.id, t.name, t.model, t.site_id, a.id as agent_id, a.site_id as agent_site,
      a.online as agent_online,
      not (a.online and coalesce(p.online, false)) and quiet.thing_id is null as absent,
      case when a.online then greatest(coalesce(p.at, t.created_at), a.online_since)
        else greatest(a.last_seen_at, ${at(listeningSince)}) end as since,
      coalesce(p.reason, 'null') as reason
    from things t
    join agents a on a.id = t.agent_id and a.status = 'enrolled' and a.last_seen_at is not null
    left join thing_presence p on p.thing_id = t.id
    left join kinds k on k.org_id = t.org_id and k.id = t.model
    left join thing_state quiet on quiet.thing_id = t.id and quiet.name = k.property and quiet.value = k.value
    union all
    select a.org_id, 'agent', a.id, a.name, null, a.site_id, a.id, a.site_id, a.online, not a.online,
      case when a.online then a.online_since else greatest(a.last_seen_at, ${at(listeningSince)}) end, 'null'
    from agents a where a.status = 'enrolled' and a.last_seen_at is not null
  ),
  standings as (
    select r.id as rule_id, c.subject_id, c.holds, c.since, c.log_id,
      jsonb_build_object('model', r.model, 'property', case when r.kind in ('threshold', 'state') then r.affordance end,
        'event', case when r.kind in ('event', 'agentEvent') then r.affordance end, 'value', c.value) as cause
    from alert_rules r join alert_conditions c on c.rule_id = r.id where r.enabled
    union all
    select r.id, x.id, x.absent, x.since, null,
      jsonb_build_object('model', x.model, 'property', null, 'event', null, 'value', x.reason)
    from alert_rules r join contacts x on x.org_id = r.org_id and x.kind = r.affordance
      and (r.model is null or r.model = x.model)
    where r.enabled and r.kind = 'absence'
  ),
  subjects as (
    select s.*, r.org_id, r.name as rule_name, r.words, r.kind as rule_kind, r.severity, r.for_seconds,
      r.clear_after_seconds, r.escalate_after_minutes, r.site_id as only_site, r.group_id as only_group,
      x.kind as subject_kind, x.name as subject_name, x.site_id, x.agent_id, x.agent_site, x.agent_online
    from standings s join alert_rules r on r.id = s.rule_id join contacts x on x.id = s.subject_id
  ),
  judged as (
    select j.*,
      j.subject_kind = 'thing' and not j.agent_online and exists (
        select from alert_rules o where o.org_id = j.org_id and o.enabled and o.kind = 'absence'
          and o.affordance = 'agent' and o.group_id is null and (o.site_id is null or o.site_id = j.agent_site)
      ) as hidden,
      exists (
        select from maintenance_windows w where w.org_id = j.org_id and w.starts_at <= ${at(now)} and w.ends_at > ${at(now)}
          and (w.agent_id is null or w.agent_id = j.agent_id) and ${within(sql`w`)}
      ) as maintained
    from subjects j
    where (j.only_site is null or j.only_site = j.site_id)
      and (j.only_group is null or exists (
        select from group_things g where g.group_id = j.only_group and g.thing_id = j.subject_id))
  )`;
