import { Button, FileButton } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type CasinoGuest, casinoGuestRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { CardFields, cardBody, draftOf } from './card-fields.tsx';
import css from './guests.module.css';
import { smallJpegOf } from './small-jpeg.ts';

interface CardDialogProps {
  guest: CasinoGuest;
  onClose(): void;
}

/** Changes a guest's card and photo. */
export function CardDialog({ guest, onClose }: CardDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(guest));
  const [photo, setPhoto] = useState<string | null>();
  const { attempt, busy, refusal } = useAttempt(async () => {
    await api.call(casinoGuestRoutes.setGuestCard, {
      params: { hall, player: guest.player },
      body: { ...cardBody(draft), ...(photo !== undefined && { photo }) },
    });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  const hasPhoto = photo === undefined ? guest.photoAt !== null : photo !== null;
  return (
    <FormDialog
      title={guest.player}
      action={t('casinoGuests.save')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
    >
      <div className={css.photoField}>
        {typeof photo === 'string' && <img src={`data:image/jpeg;base64,${photo}`} alt="" />}
        <FileButton
          accept="image/*"
          inputProps={{ capture: 'user' }}
          onChange={async (file) => file && setPhoto(await smallJpegOf(file))}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconCamera size={17} />}>
              {t(hasPhoto ? 'casinoGuests.anotherPhoto' : 'casinoGuests.takePhoto')}
            </Button>
          )}
        </FileButton>
        {hasPhoto && (
          <Button variant="subtle" color="red" onClick={() => setPhoto(null)}>
            {t('casinoGuests.removePhoto')}
          </Button>
        )}
      </div>
      <CardFields draft={draft} onChange={setDraft} />
    </FormDialog>
  );
}
