import { formatLocal } from '../../ui/format/time.ts';
import { useWords } from '../../words/words.ts';
import { useHall } from './hall.ts';
import { NOT_KNOWN } from './money.ts';

/** Reads an instant as the clocks of the hall show it: whoever looks may be elsewhere. */
export function useHallTime(): (at: string | null) => string {
  const { language } = useWords();
  const { timeZone } = useHall();
  return (at) => (at === null ? NOT_KNOWN : formatLocal(Date.parse(at), language, timeZone));
}
