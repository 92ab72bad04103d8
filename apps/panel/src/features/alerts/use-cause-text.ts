import { type Alert, agentEventChoices } from '@vakhta/api';
import { useModels } from '../../app/directory.ts';
import { serverNow } from '../../app/server-time.ts';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatValue } from '../../ui/format/value.ts';
import { useReasonText } from '../../ui/reason-text.ts';
import { useWords } from '../../words/words.ts';

const isReason = (value: unknown): value is { code: string; message: string } =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** What raised an alert, in words: the reading, the event, or why nothing is heard. */
export function useCauseText(): (alert: Alert) => string | undefined {
  const { say } = useWords();
  const models = useModels();
  const words = useValueWords();
  const reasonOf = useReasonText();
  return ({ cause }) => {
    const model = models.get(cause.model ?? '');
    if (cause.property !== null) {
      const affordance = model?.properties[cause.property];
      const title = affordance ? say(affordance.title) : cause.property;
      return `${title}: ${formatValue(affordance?.schema, cause.value, words, serverNow())}`;
    }
    if (cause.event !== null) {
      const affordance = model?.events[cause.event];
      const title =
        affordance?.title ?? agentEventChoices.find((choice) => choice.const === cause.event)?.title;
      return title ? say(title) : cause.event;
    }
    return isReason(cause.value) ? reasonOf(cause.value, model) : undefined;
  };
}
