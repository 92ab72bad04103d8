import { Button } from '@mantine/core';
import { IconArmchair, IconCake, IconHandStop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { CasinoGuest, GuestLabel } from '@vakhta/api';
import { useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import { useMinutesSince } from '../minutes.ts';
import { isBirthday, yearsOn } from './birthday.ts';
import { GuestPhoto } from './guest-photo.tsx';
import css from './guests.module.css';
import { LabelMark } from './label-mark.tsx';
import { SeatGuestDialog } from './seat-guest-dialog.tsx';

interface GuestCardProps {
  guest: CasinoGuest;
  labels: readonly GuestLabel[];
}

/** A guest in the list: who it is, how to treat him, where he plays or a way to seat him. */
export function GuestCard({ guest, labels }: GuestCardProps) {
  const { t } = useWords();
  const { id: hall, gameDay } = useHall();
  const mayAttend = useMay()('casino.attend');
  const [seating, setSeating] = useState(false);
  const status = labels.find(({ id }) => id === guest.status);
  const marks = [status, labels.find(({ id }) => id === guest.group)].filter((label) => label !== undefined);
  const about = [
    guest.company,
    guest.phone,
    guest.born && t('casinoGuests.years', { count: yearsOn(guest.born, gameDay) }),
  ].filter(Boolean);
  return (
    <li className={css.card} data-colour={status?.colour} data-excluded={guest.excluded || undefined}>
      <GuestPhoto guest={guest} colour={status?.colour} />
      <div className={css.who}>
        <Link className={css.name} to="/casino/$hall/guests/$player" params={{ hall, player: guest.player }}>
          {guest.player}
        </Link>
        <span className={css.marks}>
          {marks.map((label) => (
            <LabelMark key={label.id} label={label} />
          ))}
          {guest.born && isBirthday(guest.born, gameDay) && (
            <span className={css.birthday}>
              <IconCake size={15} aria-hidden="true" />
              {t('casinoGuests.birthday')}
            </span>
          )}
        </span>
        {about.length > 0 && <span className={css.about}>{about.join(' · ')}</span>}
        {guest.note && <span className={css.note}>{guest.note}</span>}
      </div>
      <div className={css.where}>
        {guest.excluded && (
          <span className={css.stop}>
            <IconHandStop size={17} aria-hidden="true" />
            {t('casinoGuests.excluded')}
          </span>
        )}
        {guest.playing.map((at) => (
          <PlayingAt key={at.machine} {...at} />
        ))}
        {guest.playing.length === 0 && !guest.excluded && mayAttend && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArmchair size={17} />}
            onClick={() => setSeating(true)}
          >
            {t('casinoGuests.seat')}
          </Button>
        )}
      </div>
      {seating && <SeatGuestDialog player={guest.player} onClose={() => setSeating(false)} />}
    </li>
  );
}

function PlayingAt({ machine, since }: CasinoGuest['playing'][number]) {
  const { t } = useWords();
  const { id: hall } = useHall();
  const minutes = useMinutesSince(since) ?? 0;
  return (
    <Link className={css.playing} to="/casino/$hall/machines/$machine" params={{ hall, machine }}>
      <b>{machine}</b>
      <span>{t('casinoGuests.playingFor', { count: minutes })}</span>
    </Link>
  );
}
