import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { casinoFloorRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { AmountField } from '../desk/amount-field.tsx';
import { desksQuery } from '../desk/desk-queries.ts';
import { useHallId } from '../hall.ts';
import { useMoney } from '../money.ts';
import css from './set-up.module.css';

/** The hall's cash desks. */
export function DesksSection() {
  const { t } = useWords();
  const hall = useHallId();
  const desks = useQuery(desksQuery(hall)).data ?? [];
  const [adding, setAdding] = useState(false);
  return (
    <PanelSection
      title={t('casinoSetUp.desks.title')}
      text={t('casinoSetUp.desks.text')}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={17} />}
          onClick={() => setAdding(true)}
        >
          {t('casinoSetUp.desks.add')}
        </Button>
      }
    >
      <ul className={css.names}>
        {desks.map(({ desk }) => (
          <li key={desk}>{desk}</li>
        ))}
      </ul>
      {adding && <AddDeskDialog onClose={() => setAdding(false)} />}
    </PanelSection>
  );
}

function AddDeskDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const hall = useHallId();
  const { parse } = useMoney();
  const queryClient = useQueryClient();
  const [desk, setDesk] = useState('');
  const [float, setFloat] = useState('');
  const openingMinor = parse(float);
  const { attempt, busy, refusal } = useAttempt(async () => {
    const body = { desk: desk.trim(), openingMinor: openingMinor ?? 0 };
    await api.call(casinoFloorRoutes.addDesk, { params: { hall }, body });
    await queryClient.invalidateQueries({ queryKey: ['casino', hall] });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoSetUp.desks.addTitle')}
      action={t('casinoSetUp.desks.add')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={desk.trim() === '' || openingMinor === undefined}
      refusal={refusal}
    >
      <TextInput
        label={t('casinoSetUp.desks.name')}
        value={desk}
        onChange={({ currentTarget: { value } }) => setDesk(value)}
        maxLength={100}
        required
      />
      <AmountField
        label={t('casinoSetUp.desks.float')}
        description={t('casinoSetUp.desks.floatHelp')}
        value={float}
        onChange={setFloat}
      />
    </FormDialog>
  );
}
