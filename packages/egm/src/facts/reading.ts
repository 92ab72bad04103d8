import * as z from 'zod';
import { Hex, Moment } from './scalars.ts';

/** Why a reading was taken. */
export const ReadingCause = z.enum([
  /** The machine answers: after the start, after the link or the power was gone. */
  'linkUp',
  /** A meter moved. */
  'change',
  /** Nothing moved for a while. */
  'heartbeat',
  /** The game day changes. */
  'boundary',
  /** A person or the server asked. */
  'request',
  /** The machine told something that meters should be seen with. */
  'exception',
  'beforeTransfer',
  'afterTransfer',
  /** The last one before an announced clear of its memory. */
  'beforeClear',
]);
export type ReadingCause = z.infer<typeof ReadingCause>;

/** One meter as the machine gave it. */
const MeterValue = z.strictObject({
  /** SAS meter code: two hex digits, upper case ('00' coin-in, '0C' credits, 'A0' …); four above FF. */
  code: z.string().regex(/^([0-9A-F]{2}|[0-9A-F]{4})$/),
  /** In the meter's own unit: credits, games, notes; hundredths of the currency unit where SAS counts cents. */
  value: z.int().nonnegative(),
  /** Decimal digits after which the meter begins again at zero. */
  digits: z.int().min(1).max(18),
});
export type MeterValue = z.infer<typeof MeterValue>;

/** What a machine's meters stood at, with the bytes that say so. */
export const Reading = z.strictObject({
  cause: ReadingCause,
  /** The start of the game day that this reading is for, milliseconds since the epoch; only with `boundary`. */
  boundary: Moment.optional(),
  /** The command that asked for it. */
  request: z.string().max(64).optional(),
  /**
   * Each code once. Those of one `frame` are of one moment; a reading with all frames spans some tenths of a second. A
   * code the machine does not have is absent.
   */
  meters: z.array(MeterValue).min(1).max(200),
  /** The answers as they came over the wire, CRC included; first that of the main meters, which was asked for last. */
  frames: z.array(Hex).min(1).max(32),
  clocks: z.strictObject({
    /** The machine's own, local: 'YYYY-MM-DDTHH:MM:SS'; null where it does not tell or was not asked. */
    machine: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      .nullable(),
    /** The agent's wall clock, uncorrected, milliseconds since the epoch. */
    agent: Moment,
    /** The agent's monotonic clock, milliseconds, of the life named by `life`. */
    monotonic: z.number().nonnegative(),
    /** One life of the driver: monotonic times compare only within it. */
    life: z.string().min(1).max(64),
  }),
});
export type Reading = z.infer<typeof Reading>;

/** The meters of a reading by code. */
export const valuesOf = (reading: Pick<Reading, 'meters'>): Record<string, number> =>
  Object.fromEntries(reading.meters.map(({ code, value }) => [code, value]));
