import { NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes, casinoFloorRoutes, type Thing } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { AmountField } from '../desk/amount-field.tsx';
import { useHall } from '../hall.ts';
import { useMoney } from '../money.ts';
import { toldBy } from './told-by.ts';

interface PlaceMachineDialogProps {
  thing: Thing;
  onClose(): void;
}

/** Puts a connected machine on the floor, with what it told of itself filled in, and has its meters read. */
export function PlaceMachineDialog({ thing, onClose }: PlaceMachineDialogProps) {
  const { t } = useWords();
  const { id: hall } = useHall();
  const { parse, amount } = useMoney();
  const { minorDigits } = useHall();
  const queryClient = useQueryClient();
  const told = toldBy(thing);
  const [machine, setMachine] = useState(thing.name);
  const [position, setPosition] = useState(thing.name);
  const [serial, setSerial] = useState(told.serial ?? '');
  const [denomination, setDenomination] = useState(
    told.creditValue === undefined ? '' : amount(Math.round(told.creditValue * 10 ** minorDigits)),
  );
  const [par, setPar] = useState<number | string>(
    told.payback === undefined ? '' : Number((100 - told.payback).toFixed(3)),
  );
  const [maxBet, setMaxBet] = useState<number | string>('');
  const [maxWin, setMaxWin] = useState<number | string>('');
  const minor = parse(denomination);
  const isComplete =
    machine.trim() !== '' && serial.trim() !== '' && !!minor && Number(maxBet) > 0 && Number(maxWin) > 0;
  const { attempt, busy, refusal } = useAttempt(async () => {
    await api.call(casinoFloorRoutes.addMachine, {
      params: { hall },
      body: {
        machine: machine.trim(),
        thing: thing.id,
        serial: serial.trim(),
        ...(position.trim() !== '' && { position: position.trim() }),
        denominationMinor: minor ?? 0,
        maxBetCredits: Number(maxBet),
        maxWinCredits: Number(maxWin),
        parHoldPct: par === '' ? null : String(par),
      },
    });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
    // What it told before it stood on the floor is nobody's: it is read again.
    await api.call(casinoActRoutes.orderMachine, {
      params: { hall, machine: machine.trim() },
      body: { order: 'readNow' },
    });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoSetUp.machines.placeTitle', { name: thing.name })}
      action={t('casinoSetUp.machines.place')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={!isComplete}
      refusal={refusal}
    >
      <TextInput
        label={t('casinoSetUp.machines.name')}
        description={t('casinoSetUp.machines.nameHelp')}
        value={machine}
        onChange={({ currentTarget: { value } }) => setMachine(value)}
        maxLength={100}
        required
      />
      <TextInput
        label={t('casinoFloor.columns.place')}
        description={t('casinoSetUp.machines.placeHelp')}
        value={position}
        onChange={({ currentTarget: { value } }) => setPosition(value)}
        maxLength={100}
      />
      <TextInput
        label={t('casinoSetUp.machines.serial')}
        description={
          told.serial === undefined ? t('casinoSetUp.machines.notTold') : t('casinoSetUp.machines.told')
        }
        value={serial}
        onChange={({ currentTarget: { value } }) => setSerial(value)}
        maxLength={100}
        required
      />
      <AmountField
        label={t('casinoControl.inbox.denomination')}
        value={denomination}
        onChange={setDenomination}
      />
      <NumberInput
        label={t('casinoControl.inbox.par')}
        description={t('casinoControl.inbox.parHelp')}
        value={par}
        onChange={setPar}
        min={0}
        max={100}
        decimalScale={5}
        hideControls
      />
      <NumberInput
        label={t('casinoSetUp.machines.maxBet')}
        description={t('casinoSetUp.machines.maxHelp')}
        value={maxBet}
        onChange={setMaxBet}
        min={1}
        allowDecimal={false}
        hideControls
        required
      />
      <NumberInput
        label={t('casinoSetUp.machines.maxWin')}
        value={maxWin}
        onChange={setMaxWin}
        min={1}
        allowDecimal={false}
        hideControls
        required
      />
    </FormDialog>
  );
}
