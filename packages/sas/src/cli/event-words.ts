import { Cents, formatCents } from '../codec/money.ts';
import type { HostEvents } from '../host/index.ts';
import { meters } from '../tables/index.ts';

const json = (value: unknown): string => JSON.stringify(value);
const failure = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a host tells, as a line for people; every event has its words. */
export const eventWords: { readonly [E in keyof HostEvents]: (value: HostEvents[E]) => string } = {
  up: ({ address }) => `machine ${address} answers`,
  down: ({ address }) => `machine ${address} does not answer any more`,
  chirp: ({ address }) => `machine ${address} calls: it hears no host`,
  exception: ({ code, title, data }) =>
    `${code} ${title}${Object.keys(data).length > 0 ? ` ${json(data)}` : ''}`,
  followUp: ({ exception, poll, fields }) => `${poll} after ${exception}: ${json(fields)}`,
  handpay: ({ kind, cents, credits }) =>
    `${kind} of ${cents === undefined ? `${credits} credits` : formatCents(cents)}`,
  handpayReset: ({ handpay }) =>
    handpay ? `${eventWords.handpay(handpay)} was reset` : 'a handpay was reset',
  ticketPrinted: (ticket) => `${ticket.barcode} over ${formatCents(ticket.cents)}`,
  ticketIn: ({ id, state, amountCents }) => `${id} ${state}, ${formatCents(Cents(amountCents))}`,
  transfer: ({ id, state }) => `${id} ${state}`,
  meters: ({ game, changes }) =>
    `${game === 0 ? '' : `game ${game}: `}${changes
      .map(({ code, value, delta }) => {
        const title = meters.get(code)?.title ?? code;
        return `${title} ${value}${delta ? ` (+${delta})` : ''}`;
      })
      .join(', ')}`,
  romSignature: ({ signature }) => signature,
  handlerFailed: ({ event, error }) => `listener of ${event}: ${failure(error)}`,
};
