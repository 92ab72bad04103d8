import { useQueryClient } from '@tanstack/react-query';
import { casinoActRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import { AmountField } from './amount-field.tsx';

/** What is done with a drawer by naming an amount. */
export type DrawerWork = 'open' | 'count' | 'fill' | 'credit';

interface DrawerDialogProps {
  desk: string;
  work: DrawerWork;
  onClose(): void;
}

/** Asks for the one amount that opens a shift, counts it, or moves money between drawer and vault. */
export function DrawerDialog({ desk, work, onClose }: DrawerDialogProps) {
  const { t } = useWords();
  const hall = useHallId();
  const { parse } = useMoney();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const minor = parse(text);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const params = { hall, desk };
    const amount = minor ?? 0;
    if (work === 'open') await api.call(casinoActRoutes.openShift, { params, body: { countMinor: amount } });
    if (work === 'count')
      await api.call(casinoActRoutes.countShift, { params, body: { countMinor: amount } });
    if (work === 'fill')
      await api.call(casinoActRoutes.fillDrawer, { params, body: { amountMinor: amount } });
    if (work === 'credit')
      await api.call(casinoActRoutes.creditVault, { params, body: { amountMinor: amount } });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall, 'desks'] });
  }, onClose);
  return (
    <FormDialog
      title={t(`casinoDesk.works.${work}.title`, { desk })}
      action={t(`casinoDesk.works.${work}.action`)}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={minor === undefined || (minor === 0 && (work === 'fill' || work === 'credit'))}
      refusal={refusal}
    >
      <AmountField
        label={t(`casinoDesk.works.${work}.amount`)}
        description={t(`casinoDesk.works.${work}.help`)}
        value={text}
        onChange={setText}
      />
    </FormDialog>
  );
}
