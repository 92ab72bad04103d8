import { type Clock, integerBetween, type Random } from '@vakhta/kernel';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A new id of at most 20 ASCII characters (facts 8.5): the time, then chance, so that no two are ever the same. */
export function newTransactionId({ clock, random }: { clock: Clock; random: Random }): string {
  const time = Math.floor(clock.now()).toString(36).toUpperCase().padStart(9, '0');
  return `${time}${Array.from({ length: 9 }, () => letters[integerBetween(random, 0, 35)]).join('')}`;
}
