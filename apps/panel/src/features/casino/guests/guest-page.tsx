import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArmchair, IconChartBar, IconEdit, IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { CasinoGuest } from '@vakhta/api';
import { useState } from 'react';
import { PageLoading } from '../../../app/page-loading.tsx';
import { useMay } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { LinkButton } from '../../../ui/link-button.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import { useHallTime } from '../hall-time.ts';
import { CardDialog } from './card-dialog.tsx';
import { GuestCard } from './guest-card.tsx';
import { guestsQuery, labelsQuery, statisticsQuery } from './guest-queries.ts';
import { statisticsViews } from './guest-search.ts';
import css from './guests.module.css';
import { SeatGuestDialog } from './seat-guest-dialog.tsx';
import { StatisticsTable } from './statistics-table.tsx';

const route = getRouteApi('/signed-in/casino/$hall/guests/$player');

/** One guest: the card, and what was played. */
export function GuestPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const { id: hall } = useHall();
  const { player } = route.useParams();
  const { data: guests, error } = useQuery(guestsQuery(hall));
  const guest = guests?.find((one) => one.player === player);
  if (guest) return <GuestInside guest={guest} />;
  if (!guests && !error) return <PageLoading />;
  return (
    <EmptyState
      title={t('casinoGuests.noSuchGuest')}
      text={error ? textOf(error) : t('casinoGuests.noSuchGuestText')}
    >
      <LinkButton to="/casino/$hall/guests" params={{ hall }}>
        {t('casinoGuests.all')}
      </LinkButton>
    </EmptyState>
  );
}

function GuestInside({ guest }: { guest: CasinoGuest }) {
  const { t } = useWords();
  const { id: hall } = useHall();
  const mayAttend = useMay()('casino.attend');
  const { data: labels = [] } = useQuery(labelsQuery(hall));
  const [asking, setAsking] = useState<'card' | 'seat'>();
  const services = labels.filter(
    ({ id, service }) => (id === guest.status || id === guest.group) && service !== '',
  );
  return (
    <>
      <PageHead title={guest.player} text={services.map(({ service }) => service).join(' · ')}>
        <LinkButton variant="default" to="/casino/$hall/guests" params={{ hall }}>
          {t('casinoGuests.all')}
        </LinkButton>
        {mayAttend && (
          <Button variant="default" leftSection={<IconEdit size={17} />} onClick={() => setAsking('card')}>
            {t('casinoGuests.change')}
          </Button>
        )}
        {mayAttend && !guest.excluded && guest.playing.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconArmchair size={17} />}
            onClick={() => setAsking('seat')}
          >
            {t('casinoGuests.seatElsewhere')}
          </Button>
        )}
      </PageHead>
      <ul className={css.alone}>
        <GuestCard guest={guest} labels={labels} />
      </ul>
      <Played player={guest.player} />
      {asking === 'card' && <CardDialog guest={guest} onClose={() => setAsking(undefined)} />}
      {asking === 'seat' && <SeatGuestDialog player={guest.player} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function Played({ player }: { player: string }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const timeOf = useHallTime();
  const { id: hall, gameDay, timeZone } = useHall();
  const navigate = useNavigate();
  const { view = 'house', first, last } = route.useSearch();
  const days = { ...(first && { first }), ...(last && { last }) };
  const { data, error, refetch, isFetching } = useQuery({
    ...statisticsQuery(hall, player, days),
    placeholderData: keepPreviousData,
  });
  const search = (part: { view?: typeof view; first?: string | undefined; last?: string | undefined }) =>
    void navigate({
      to: '/casino/$hall/guests/$player',
      params: { hall, player },
      search: { view, first, last, ...part },
      replace: true,
    });
  return (
    <section aria-label={t('casinoGuests.statistics')}>
      <div className={css.views}>
        <SegmentedControl
          aria-label={t('casinoGuests.view')}
          value={view}
          onChange={(value) => search({ view: statisticsViews.find((one) => one === value) ?? 'house' })}
          data={statisticsViews.map((value) => ({ value, label: t(`casinoGuests.views.${value}`) }))}
        />
        <TextInput
          type="date"
          label={t('casinoReports.first')}
          value={first ?? ''}
          max={last ?? gameDay}
          onChange={({ currentTarget: { value } }) => search({ first: value || undefined })}
        />
        <TextInput
          type="date"
          label={t('casinoReports.last')}
          value={last ?? ''}
          min={first}
          max={gameDay}
          onChange={({ currentTarget: { value } }) => search({ last: value || undefined })}
        />
        <Button variant="default" loading={isFetching} onClick={() => refetch()}>
          {t('casinoGuests.refresh')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={17} />} onClick={() => window.print()}>
          {t('casinoReports.print')}
        </Button>
      </div>
      {error && !data && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!data && !error && <PageLoading />}
      {data?.sessions.length === 0 && (
        <EmptyState
          icon={<IconChartBar size={28} />}
          title={t('casinoGuests.noPlay')}
          text={t('casinoGuests.noPlayText')}
        />
      )}
      {data && data.sessions.length > 0 && (
        <>
          <StatisticsTable statistics={data} view={view} />
          <p className={css.asOf}>
            {t('casinoGuests.asOf', { at: timeOf(data.readAt), zone: timeZone })}{' '}
            {t(`casinoGuests.sign.${view}`)}
          </p>
        </>
      )}
    </section>
  );
}
