import { Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { casinoFloorRoutes } from '@vakhta/api';
import { useState } from 'react';
import { api } from '../../../app/api.ts';
import { sitesQuery } from '../../../app/directory.ts';
import { useAttempt } from '../../../ui/attempt.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { useWords } from '../../../words/words.ts';
import { hallsQuery } from '../hall.ts';
import { type HallClock, HallFields } from './hall-fields.tsx';

/** Makes one of the sites a hall; the rest of its rules begin as they usually are, and are changed in its set-up. */
export function MakeHallDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const halls = new Set(useQuery(hallsQuery).data?.map(({ id }) => id));
  const sites = (useQuery(sitesQuery).data ?? []).filter(({ id }) => !halls.has(id));
  const [site, setSite] = useState<string | null>(null);
  const [clock, setClock] = useState<HallClock>({
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    gameDayStart: '06:00',
    currency: 'BYN',
  });
  const { attempt, busy, refusal } = useAttempt(async () => {
    const hall = site ?? '';
    const minorDigits = digitsOf(clock.currency);
    await api.call(casinoFloorRoutes.setHall, { params: { hall }, body: { ...clock, minorDigits } });
    await queryClient.invalidateQueries({ queryKey: ['casino'] });
    await navigate({ to: '/casino/$hall/set-up', params: { hall } });
  }, onClose);
  return (
    <FormDialog
      title={t('casinoSetUp.hall.make')}
      action={t('casinoSetUp.hall.make')}
      onSubmit={attempt}
      onClose={onClose}
      busy={busy}
      disabled={site === null}
      refusal={refusal}
    >
      <Select
        label={t('casinoSetUp.hall.site')}
        description={t('casinoSetUp.hall.siteHelp')}
        data={sites.map(({ id, name }) => ({ value: id, label: name }))}
        value={site}
        onChange={setSite}
        nothingFoundMessage={t('casinoSetUp.hall.noSite')}
        data-autofocus
        comboboxProps={{ withinPortal: true }}
      />
      <HallFields value={clock} onChange={setClock} />
    </FormDialog>
  );
}

/** A currency with anything but two digits is counted in whole units. */
const digitsOf = (currency: string): 0 | 2 =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits === 2
    ? 2
    : 0;
