import type { Json } from '@vakhta/kernel';
import * as z from 'zod';
import type { FactInput } from '../facts/fact.ts';
import { unitOf } from '../meters/meter-codes.ts';

export interface Place {
  hall: string;
  machine: string;
  minorDigits: number;
}
type Translation = (data: Json, place: Place) => FactInput | z.ZodError | undefined;

/** Parses what a driver's event carries, and words it for the journal. */
const translation =
  <Schema extends z.ZodType>(
    schema: Schema,
    translate: (data: z.output<Schema>, place: Place) => FactInput | undefined,
  ): Translation =>
  (data, place) => {
    const parsed = schema.safeParse(data);
    return parsed.success ? translate(parsed.data, place) : parsed.error;
  };

const count = z.int().nonnegative();
const status = z.string().regex(/^[0-9A-F]{2}$/);

/** SAS counts money in hundredths of the currency unit, whatever the currency's smallest unit is. */
const minorOf = (cents: number, { minorDigits }: Place): number =>
  Math.round(cents / 10 ** (2 - minorDigits));

/** Tells the transfers of halls apart, also of one that was set up anew beside a machine that remembers. */
const tagOf = (hall: string): string => hall.slice(-8);
/** The id a transfer has on the wire: at most 20 printable characters, from the database's own count. */
export const wireIdOf = (hall: string, transfer: number): string => `${tagOf(hall)}-${transfer}`;
const numberOf = (hall: string, wireId: string): number | undefined => {
  const [tag, digits = ''] = wireId.split('-');
  return tag === tagOf(hall) && /^\d{1,11}$/.test(digits) ? Number(digits) : undefined;
};

/** The slot machine driver's events, by name, as far as the casino needs them. */
export const driverEvents: Readonly<Record<string, Translation>> = {
  reading: translation(
    z.object({ meters: z.array(z.object({ code: z.string(), value: count })).min(1) }),
    ({ meters }, place) => ({
      kind: 'reading',
      machine: place.machine,
      meters: Object.fromEntries(
        meters.map(({ code, value }) => [code, unitOf(code) === 'minor' ? minorOf(value, place) : value]),
      ),
    }),
  ),
  exception: translation(z.object({ code: status }), ({ code }, { machine }) => ({
    kind: 'exception',
    machine,
    code,
  })),
  identity: translation(
    z.object({ serial: z.string().nullable(), romSignature: z.string().nullable() }),
    ({ serial, romSignature }, { machine }) =>
      // A machine that does not tell its serial can not be told from another by it.
      serial ? { kind: 'identity', machine, serial, ...(romSignature && { romSignature }) } : undefined,
  ),
  configuration: translation(
    z.object({
      creditTenThousandths: z.int().positive().nullable(),
      basePaybackPercent: z
        .string()
        .regex(/^\d{1,3}\.\d{2}$/)
        .nullable(),
      isChanged: z.boolean(),
    }),
    ({ creditTenThousandths, basePaybackPercent, isChanged }, { machine, minorDigits }) => {
      const denomination = ((creditTenThousandths ?? 0) * 10 ** minorDigits) / 10_000;
      if (!isChanged || denomination < 1 || !Number.isInteger(denomination)) return undefined;
      const hold = basePaybackPercent && (10_000 - Math.round(Number(basePaybackPercent) * 100)) / 100;
      return {
        kind: 'config',
        machine,
        denominationMinor: denomination,
        parHoldPct: typeof hold === 'number' && hold >= 0 ? hold.toFixed(2) : null,
      };
    },
  ),
  handpay: translation(
    z.object({
      kind: z.enum(['cancelledCredit', 'nonProgressive', 'progressive']),
      amountCents: count.nullable(),
      partialCents: count.nullable(),
    }),
    ({ kind, amountCents, partialCents }, place) =>
      amountCents === null
        ? undefined
        : {
            kind: 'handpayInfo',
            machine: place.machine,
            level: kind,
            amountMinor: minorOf(amountCents, place),
            partialMinor: minorOf(partialCents ?? 0, place),
          },
  ),
  transfer: translation(
    z.object({
      transfer: z.string(),
      message: z.enum(['sent', 'notSent', 'noReply', 'initiateReply', 'interrogateReply', 'historyReply']),
      status: status.nullable(),
      amountCents: count.nullable(),
      entries: z
        .array(z.object({ transfer: z.string().nullable(), status, amountCents: count.nullable() }))
        .default([]),
    }),
    ({ transfer, message, status, amountCents, entries }, place) => {
      const number = numberOf(place.hall, transfer);
      if (number === undefined || message === 'sent') return undefined;
      const base = { kind: 'transfer.machine', machine: place.machine, number } as const;
      // It is proven that nothing went on the wire: the same as a machine that refused.
      if (message === 'notSent') return { ...base, message: 'initiateReply', status: '87' };
      const own = entries.find((entry) => entry.transfer === transfer);
      // Its own entry in the history is as good as a reply.
      if (own)
        return {
          ...base,
          message: 'interrogateReply',
          status: own.status,
          ...(own.amountCents !== null && { amountMinor: minorOf(own.amountCents, place) }),
        };
      return {
        ...base,
        message,
        ...(status !== null && { status }),
        ...(amountCents !== null && { amountMinor: minorOf(amountCents, place) }),
      };
    },
  ),
};
