import { type AlertRule, agentEventChoices } from '@vakhta/api';
import { useGroups, useModels, useSites } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatDuration, formatValue } from '../../ui/format/value.ts';
import { useWords } from '../../words/words.ts';

/** A rule in a sentence: what must be so, for how long, where, and how it grows worse. */
export function useRuleText() {
  const { t, say } = useWords();
  const models = useModels();
  const sites = useSites();
  const groups = useGroups();
  const words = useValueWords();
  const span = (seconds: number) => formatDuration(seconds * 1000, words);

  const conditionOf = ({ kind, condition }: AlertRule): string => {
    const model = models.get(String(condition.model ?? ''));
    const affordance = model?.properties[String(condition.property ?? '')];
    const property = affordance ? say(affordance.title) : String(condition.property ?? '');
    const written = (value: unknown) => formatValue(affordance?.schema, value, words, serverNow());
    switch (kind) {
      case 'threshold':
        return t(condition.direction === 'above' ? 'alertRules.above' : 'alertRules.below', {
          property,
          limit: written(condition.limit),
        });
      case 'state': {
        const { value } = condition;
        const plain = affordance?.schema.type === 'boolean' ? value === 'true' : value;
        return t(condition.comparison === 'equals' ? 'alertRules.equals' : 'alertRules.differs', {
          property,
          value: written(plain),
        });
      }
      case 'event':
      case 'agentEvent': {
        const title =
          model?.events[String(condition.event)]?.title ??
          agentEventChoices.find((choice) => choice.const === condition.event)?.title;
        const event = title ? say(title) : String(condition.event);
        return Number(condition.times) > 1
          ? t('alertRules.eventTimes', {
              event,
              times: Number(condition.times),
              within: span(Number(condition.within)),
            })
          : t('alertRules.event', { event });
      }
      case 'absence':
        return t(condition.of === 'agent' ? 'alertRules.absentAgent' : 'alertRules.absentThing');
    }
  };

  return (rule: AlertRule): string => {
    const model = models.get(String(rule.condition.model ?? ''));
    const isEvent = rule.kind === 'event' || rule.kind === 'agentEvent';
    return [
      model && say(model.title),
      conditionOf(rule),
      !isEvent && rule.forSeconds > 0 && t('alertRules.lasting', { duration: span(rule.forSeconds) }),
      sites.get(rule.site ?? '')?.name,
      groups.get(rule.group ?? '')?.name,
      rule.escalateAfterMinutes !== null &&
        t('alertRules.escalates', { duration: span(rule.escalateAfterMinutes * 60) }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
