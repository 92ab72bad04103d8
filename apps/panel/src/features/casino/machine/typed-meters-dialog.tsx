import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';
import css from './machine.module.css';

interface TypedMetersDialogProps {
  machine: string;
  /** What is known of each meter by its code: typed over where it has gone on. */
  last: Readonly<Record<string, number>>;
  /** When the meters were seen; left out: now. */
  observedAt?: string;
  /** The epoch whose last meters these are. */
  closesEpoch?: number;
  onClose(): void;
}

/** Takes meters that a person read at the machine or from a form; another one approves them. */
export function TypedMetersDialog({
  machine,
  last,
  observedAt,
  closesEpoch,
  onClose,
}: TypedMetersDialogProps) {
  const { t, language } = useWords();
  const { meterTextOf } = useAlertTexts();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const codes = Object.entries(last).sort(([one], [other]) => (one < other ? -1 : 1));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const { withApproval, isWaiting } = useTwoPersons();
  const isWrong = (code: string) => typed[code] !== undefined && !/^\d{1,18}$/.test(typed[code]);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = {
      meters: Object.fromEntries(codes.map(([code, value]) => [code, Number(typed[code] ?? value)])),
      ...(observedAt !== undefined && { observedAt }),
      ...(closesEpoch !== undefined && { closesEpoch }),
    };
    await withApproval(() => api.call(casinoActRoutes.typeReading, { params: { hall, machine }, body }));
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  const words = closesEpoch === undefined ? 'now' : 'beforeClear';
  return (
    <FormDialog
      title={t(`casinoFloor.typed.${words}.title`, { machine })}
      action={t('casinoFloor.typed.submit')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={codes.some(([code]) => isWrong(code))}
      refusal={refusal}
    >
      <p className={css.text}>{t(`casinoFloor.typed.${words}.help`)}</p>
      {codes.map(([code, value]) => (
        <TextInput
          key={code}
          label={`${code} ${meterTextOf(code)}`}
          description={t('casinoFloor.typed.last', {
            value: new Intl.NumberFormat(language).format(value),
          })}
          value={typed[code] ?? String(value)}
          onChange={({ currentTarget: { value: text } }) => setTyped((all) => ({ ...all, [code]: text }))}
          error={isWrong(code) ? t('casinoFloor.typed.notWhole') : undefined}
          inputMode="numeric"
        />
      ))}
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}
