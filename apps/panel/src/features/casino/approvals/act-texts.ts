import type { CasinoApproval } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';

/** What exactly is to be approved, as a sentence. */
export function useActText(): (approval: CasinoApproval) => string {
  const { t, has } = useWords();
  const { money } = useMoney();
  const { meterTextOf } = useAlertTexts();
  return ({ act, of }) => {
    const what = isRecord(of) ? of : {};
    const stem = `casinoControl.approvals.acts.${act.replaceAll('.', '_')}`;
    const decided = `${stem}_${String(what.decision)}`;
    const key = has(decided) ? decided : stem;
    if (!has(key)) return `${act} ${JSON.stringify(of)}`;
    return t(key as 'casinoControl.approvals.acts.enrol', {
      machine: text(what.machine),
      serial: text(what.serial),
      desk: text(what.desk),
      date: text(what.date),
      key: text(what.key),
      reason: text(what.reason),
      meter: meterTextOf(text(what.code)),
      amount: money(typeof what.amountMinor === 'number' ? what.amountMinor : null),
      meters: pairs(what.meters, (code, value) => `${meterTextOf(code)} ${value}`),
      notes: pairs(what.notes, (value, count) => `${count} × ${money(Number(value))}`),
    });
  };
}

const isRecord = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : NOT_KNOWN;

const pairs = (value: Json | undefined, say: (name: string, of: string) => string): string =>
  isRecord(value)
    ? Object.entries(value)
        .map(([name, of]) => say(name, text(of)))
        .join('; ')
    : NOT_KNOWN;
