import { Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { floorQuery } from '../floor/floor-query.ts';
import { useHallId } from '../hall.ts';

interface SeatGuestDialogProps {
  player: string;
  onClose(): void;
}

/** Seats a guest at a machine that is to be chosen; free ones stand first. */
export function SeatGuestDialog({ player, onClose }: SeatGuestDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const machines = useQuery(floorQuery(hall)).data ?? [];
  const [machine, setMachine] = useState<string | null>(null);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const params = { hall, machine: machine ?? '' };
    await api.call(casinoActRoutes.seatGuest, { params, body: { player } });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  const options = machines
    .filter(({ state }) => state === 'live')
    .toSorted((one, other) => Number(one.player !== null) - Number(other.player !== null))
    .map((one) => ({
      value: one.machine,
      label: one.player === null ? one.machine : `${one.machine} · ${one.player}`,
    }));
  return (
    <FormDialog
      title={t('casinoGuests.seatTitle', { player })}
      action={t('casinoGuests.seat')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={machine === null}
      refusal={refusal}
    >
      <Select
        label={t('casinoGuests.machine')}
        placeholder={t('casinoGuests.chooseMachine')}
        data={options}
        value={machine}
        onChange={setMachine}
        searchable
        data-autofocus
        comboboxProps={{ withinPortal: true }}
      />
    </FormDialog>
  );
}
