import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { guestsQuery } from '../guests/guest-queries.ts';
import { useHallId } from '../hall.ts';

interface SeatDialogProps {
  machine: string;
  onClose(): void;
  onDone(): unknown;
}

/** Seats a guest at a machine; who sat there before leaves it. */
export function SeatDialog({ machine, onClose, onDone }: SeatDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const { data } = useQuery(guestsQuery(hall));
  const [player, setPlayer] = useState<string | null>(null);
  const { attempt, busy, refusal } = useAttempt(async () => {
    await api.call(casinoActRoutes.seatGuest, { params: { hall, machine }, body: { player: player ?? '' } });
    await onDone();
  }, onClose);
  const options = (data ?? [])
    .filter(({ excluded }) => !excluded)
    .map((one) => ({
      value: one.player,
      label:
        one.playing.length > 0
          ? `${one.player} · ${one.playing.map((at) => at.machine).join(', ')}`
          : one.player,
    }));
  return (
    <FormDialog
      title={t('casinoFloor.machine.seatTitle', { machine })}
      action={t('casinoFloor.machine.seat')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={player === null}
      refusal={refusal}
    >
      <Select
        label={t('casinoFloor.machine.guest')}
        placeholder={t('casinoFloor.machine.chooseGuest')}
        nothingFoundMessage={t('casinoFloor.machine.noSuchGuest')}
        data={options}
        value={player}
        onChange={setPlayer}
        searchable
        data-autofocus
        comboboxProps={{ withinPortal: true }}
      />
    </FormDialog>
  );
}
