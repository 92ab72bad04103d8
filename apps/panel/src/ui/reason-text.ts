import type { ThingModel } from '@vakhta/things';
import type { command } from '../words/en/command.ts';
import { useWords } from '../words/words.ts';

type OurReason = keyof typeof command.reason;

interface Reason {
  code?: string;
  message?: string;
}

/**
 * Why something is not as wished: in the words of the thing's own kind, else in ours for what agent and server say,
 * else in the driver's message.
 */
export function useReasonText(): (reason: Reason, model: ThingModel | undefined) => string | undefined {
  const { t, say, has } = useWords();
  const isOurs = (code: string): code is OurReason => has(`command.reason.${code}`);
  return ({ code = '', message }, model) => {
    const own = model?.reasons[code];
    if (own) return say(own);
    return isOurs(code) ? t(`command.reason.${code}`) : message;
  };
}
