import { NumberInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHall } from '../hall.ts';
import { useMoney } from '../money.ts';
import css from './machine.module.css';

interface CountStackerDialogProps {
  machine: string;
  onClose(): void;
}

/** Notes that a currency has, in its units. */
const notesOf: Readonly<Record<string, readonly number[]>> = {
  BYN: [5, 10, 20, 50, 100, 200, 500],
  RUB: [10, 50, 100, 200, 500, 1000, 2000, 5000],
  EUR: [5, 10, 20, 50, 100, 200, 500],
  USD: [1, 2, 5, 10, 20, 50, 100],
};
const ANY_NOTES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Takes the count of a stacker's notes, blind: what the machine metered is shown when it is done. */
export function CountStackerDialog({ machine, onClose }: CountStackerDialogProps) {
  const { t } = useWords();
  const { id: hall, currency, minorDigits } = useHall();
  const { money } = useMoney();
  const queryClient = useQueryClient();
  const [counts, setCounts] = useState<Record<string, number>>({});
  const notes = (notesOf[currency] ?? ANY_NOTES).map((value) => value * 10 ** minorDigits);
  const total = notes.reduce((sum, minor) => sum + minor * (counts[minor] ?? 0), 0);
  const { withApproval, isWaiting } = useTwoPersons();
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = { notes: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) };
    await withApproval(() => api.call(casinoActRoutes.countStacker, { params: { hall, machine }, body }));
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoFloor.service.countTitle', { machine })}
      action={t('casinoFloor.service.countSubmit', { amount: money(total) })}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
    >
      <p className={css.text}>{t('casinoFloor.service.countText')}</p>
      <div className={css.notes}>
        {notes.map((minor) => (
          <NumberInput
            key={minor}
            label={money(minor)}
            value={counts[minor] ?? ''}
            onChange={(count) => setCounts((all) => ({ ...all, [minor]: Number(count) || 0 }))}
            min={0}
            allowDecimal={false}
            allowNegative={false}
            placeholder="0"
          />
        ))}
      </div>
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}
