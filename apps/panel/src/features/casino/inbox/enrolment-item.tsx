import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type CasinoInboxItem, casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useMay } from '../../../app/session.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { AmountField } from '../desk/amount-field.tsx';
import { floorQuery } from '../floor/floor-query.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import css from './inbox.module.css';

/** Another cabinet answers in the place of a known one. */
export function EnrolmentItem({ item: { machine, what } }: { item: CasinoInboxItem }) {
  const { t } = useWords();
  const mayManage = useMay()('casino.manage');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <p>{t('casinoControl.inbox.enrolment', { serial: what })}</p>
      {mayManage && (
        <div className={css.buttons}>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('casinoControl.inbox.enrol')}
          </Button>
        </div>
      )}
      {isAsking && <EnrolDialog machine={machine} serial={what} onClose={() => setAsking(false)} />}
    </>
  );
}

interface EnrolDialogProps {
  machine: string;
  serial: string;
  onClose(): void;
}

function EnrolDialog({ machine, serial, onClose }: EnrolDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const { amount, parse } = useMoney();
  const queryClient = useQueryClient();
  const known = useQuery(floorQuery(hall)).data?.find((one) => one.machine === machine);
  const [denomination, setDenomination] = useState(known ? amount(known.denominationMinor) : '');
  const [par, setPar] = useState('');
  const minor = parse(denomination);
  const parPct = par.trim().replace(',', '.');
  const isPercent = parPct === '' || /^\d{1,2}(\.\d{1,5})?$/.test(parPct);
  const { withApproval, isWaiting } = useTwoPersons();
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = {
      serial,
      denominationMinor: minor ?? 0,
      parHoldPct: parPct === '' ? null : parPct,
    };
    await withApproval(() => api.call(casinoActRoutes.enrolMachine, { params: { hall, machine }, body }));
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoControl.inbox.enrolTitle', { serial, machine })}
      action={t('casinoControl.inbox.enrol')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={!minor || !isPercent}
      refusal={refusal}
    >
      <AmountField
        label={t('casinoControl.inbox.denomination')}
        value={denomination}
        onChange={setDenomination}
      />
      <TextInput
        label={t('casinoControl.inbox.par')}
        description={t('casinoControl.inbox.parHelp')}
        value={par}
        onChange={(event) => setPar(event.currentTarget.value)}
        error={isPercent ? undefined : t('casinoControl.inbox.notPercent')}
        inputMode="decimal"
      />
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}
