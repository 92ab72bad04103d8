import type { CasinoGuest } from '@vakhta/api';
import { useMay } from '../../../app/session.ts';
import { useHallId } from '../hall.ts';
import css from './guests.module.css';

interface GuestPhotoProps {
  guest: Pick<CasinoGuest, 'player' | 'photoAt'>;
  colour?: string | undefined;
  large?: boolean;
}

/** The guest's photo, or the letters of the name on the colour of the status. */
export function GuestPhoto({ guest: { player, photoAt }, colour, large = false }: GuestPhotoProps) {
  const hall = useHallId();
  const mayLook = useMay()('casino.attend');
  const address = `/api/v1/casino/halls/${hall}/players/${encodeURIComponent(player)}/photo`;
  const shown = photoAt !== null && mayLook;
  return (
    <span className={css.photo} data-colour={colour} data-large={large || undefined} aria-hidden="true">
      {shown ? <img src={`${address}?at=${photoAt}`} alt="" /> : initialsOf(player)}
    </span>
  );
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase())
    .join('');
