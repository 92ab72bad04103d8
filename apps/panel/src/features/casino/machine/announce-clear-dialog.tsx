import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useTwoPersons, WaitsForSecond } from '../approvals/two-persons.tsx';
import { useHallId } from '../hall.ts';

interface AnnounceClearDialogProps {
  machine: string;
  onClose(): void;
}

/** Announces a clear of the machine's memory, so that its meters falling to zero are no unknown gap. */
export function AnnounceClearDialog({ machine, onClose }: AnnounceClearDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const queryClient = useQueryClient();
  const { withApproval, isWaiting } = useTwoPersons();
  const { attempt, busy, refusal } = useAttempt(async () => {
    await withApproval(() =>
      api.call(casinoActRoutes.announceClear, { params: { hall, machine }, body: {} }),
    );
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoFloor.service.clearTitle', { machine })}
      action={t('casinoFloor.service.clear')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      refusal={refusal}
      danger
    >
      <p>{t('casinoFloor.service.clearText')}</p>
      <WaitsForSecond isWaiting={isWaiting} />
    </FormDialog>
  );
}
