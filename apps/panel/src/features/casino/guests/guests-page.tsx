import { Button, Chip, TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CasinoGuest } from '@vakhta/api';
import { useState } from 'react';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import { AddGuestDialog } from './add-guest-dialog.tsx';
import { isBirthday } from './birthday.ts';
import { GuestCard } from './guest-card.tsx';
import { guestsQuery, labelsQuery } from './guest-queries.ts';
import css from './guests.module.css';

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function isAsked({ player, company, phone, note }: CasinoGuest, asked: string): boolean {
  const text = asked.toLocaleLowerCase();
  const digits = digitsOf(asked);
  return (
    [player, company, note].some((field) => field?.toLocaleLowerCase().includes(text)) ||
    (digits.length >= 3 && digitsOf(phone ?? '').includes(digits))
  );
}

/** Guests of the hall: who they are, who plays now and where, and seating them. */
export function GuestsPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { id: hall, gameDay } = useHall();
  const mayAttend = useMay()('casino.attend');
  const { data: guests, error } = useQuery(guestsQuery(hall));
  const { data: labels = [] } = useQuery(labelsQuery(hall));
  const [asked, setAsked] = useState('');
  const [filter, setFilter] = useState('all');
  const [adding, setAdding] = useState(false);

  const filters: { value: string; label: string; holds(guest: CasinoGuest): boolean }[] = [
    { value: 'all', label: t('casinoGuests.filters.all'), holds: () => true },
    {
      value: 'playing',
      label: t('casinoGuests.filters.playing'),
      holds: ({ playing }) => playing.length > 0,
    },
    ...labels
      .filter(({ guests: count }) => count > 0)
      .map(({ id, name }) => ({
        value: id,
        label: name,
        holds: ({ status, group }: CasinoGuest) => status === id || group === id,
      })),
    {
      value: 'birthday',
      label: t('casinoGuests.filters.birthday'),
      holds: ({ born }) => born !== null && isBirthday(born, gameDay),
    },
    { value: 'excluded', label: t('casinoGuests.filters.excluded'), holds: ({ excluded }) => excluded },
  ];
  const holds = filters.find(({ value }) => value === filter)?.holds ?? (() => true);
  const shown = guests?.filter((guest) => holds(guest) && isAsked(guest, asked.trim()));
  return (
    <>
      <PageHead title={t('casinoGuests.title')} text={t('casinoGuests.lead')}>
        <TextInput
          aria-label={t('casinoGuests.search')}
          placeholder={t('casinoGuests.search')}
          leftSection={<IconSearch size={16} />}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        {mayAttend && (
          <Button leftSection={<IconUserPlus size={17} />} onClick={() => setAdding(true)}>
            {t('casinoGuests.add')}
          </Button>
        )}
      </PageHead>
      {guests && guests.length > 0 && (
        <Chip.Group value={filter} onChange={(value) => setFilter(String(value))}>
          <div className={css.filters}>
            {filters.map((one) => (
              <Chip key={one.value} value={one.value} size="sm">
                {one.label} · {guests.filter(one.holds).length}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
      {error && !guests && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!guests && !error && <PageLoading />}
      {guests?.length === 0 && (
        <EmptyState
          icon={<IconUsers size={28} />}
          title={t('casinoGuests.none')}
          text={t('casinoGuests.noneText')}
        />
      )}
      {guests && guests.length > 0 && shown?.length === 0 && (
        <p className={css.quiet}>{t('casinoGuests.noneFound')}</p>
      )}
      <ul className={css.list}>
        {shown?.map((guest) => (
          <GuestCard key={guest.player} guest={guest} labels={labels} />
        ))}
      </ul>
      {adding && <AddGuestDialog onClose={() => setAdding(false)} />}
    </>
  );
}
