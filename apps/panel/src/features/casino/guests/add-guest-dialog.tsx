import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes, casinoGuestRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { CardFields, cardBody, emptyCard } from './card-fields.tsx';

/** Adds a guest with the card; where the card was refused, the guest is there and the card can be sent again. */
export function AddGuestDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(emptyCard);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const player = name.trim();
    await api.call(casinoActRoutes.addPlayer, { params: { hall }, body: { player } });
    await api.call(casinoGuestRoutes.setGuestCard, { params: { hall, player }, body: cardBody(draft) });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoGuests.addTitle')}
      action={t('casinoGuests.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={name.trim() === ''}
      refusal={refusal}
    >
      <TextInput
        label={t('casinoGuests.fields.name')}
        description={t('casinoGuests.fields.nameHelp')}
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
        data-autofocus
        required
      />
      <CardFields draft={draft} onChange={setDraft} />
    </FormDialog>
  );
}
