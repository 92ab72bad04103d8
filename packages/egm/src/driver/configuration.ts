import { type Duration, type Json, seconds, UsageError } from '@vakhta/kernel';
import { parseLineAddress } from '@vakhta/sas/transports';
import * as z from 'zod';
import { isTimeZone } from './zoned-time.ts';

/** What the agent's configuration of one machine says, checked. */
const Flat = z.strictObject({
  line: z.string(),
  address: z.int().min(1).max(127).default(1),
  pollMs: z.int().min(40).max(5000).default(200),
  syncBeforePoll: z.boolean().default(false),
  liveMs: z.int().min(200).max(60_000).default(600),
  readingSeconds: z.int().min(1).max(600).default(5),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as Europe/Minsk').default('UTC'),
  gameDayStart: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 06:00')
    .default('06:00'),
  setsClock: z.boolean().default(true),
  recordsGames: z.boolean().default(true),
  romSeed: z
    .string()
    .regex(
      /^([0-9A-Fa-f]{4})?$/,
      'must be four hex digits, or empty where the signature is not to be asked for',
    )
    .default('0000'),
});

export interface EgmConfiguration {
  /** Where the line is; `memory:` and a name for one inside the process. */
  readonly line: string;
  readonly address: number;
  /** From one general poll to the next. */
  readonly pollEvery: Duration;
  /** `80` before every poll, for machines that want it. */
  readonly syncBeforePoll: boolean;
  /** From one look at the main meters to the next. */
  readonly liveEvery: Duration;
  /** A meter that moves makes a reading no sooner than this after the last. */
  readonly readingEvery: Duration;
  readonly timeZone: string;
  /** 'HH:MM' */
  readonly gameDayStart: string;
  /** Sets the machine's clock whenever the link comes up, and when the game day starts. */
  readonly setsClock: boolean;
  /** Records the start and the end of every game as exceptions, 7E and 7F. */
  readonly recordsGames: boolean;
  /** Undefined: the ROM signature is not asked for. */
  readonly romSeed: string | undefined;
}

/** @throws UsageError egm.configuration */
export function parseConfiguration(configuration: Record<string, Json>): EgmConfiguration {
  const parsed = Flat.safeParse(configuration);
  if (!parsed.success) throw new UsageError('egm.configuration', z.prettifyError(parsed.error));
  const {
    line,
    address,
    pollMs,
    syncBeforePoll,
    liveMs,
    readingSeconds,
    timeZone,
    gameDayStart,
    romSeed,
    setsClock,
    recordsGames,
  } = parsed.data;
  const where = line.startsWith('memory:') ? undefined : parseLineAddress(line);
  if (where?.ok === false) throw new UsageError('egm.configuration', `line: ${where.error}`);
  return {
    line,
    address,
    pollEvery: pollMs,
    syncBeforePoll,
    liveEvery: liveMs,
    readingEvery: seconds(readingSeconds),
    timeZone,
    gameDayStart,
    setsClock,
    recordsGames,
    romSeed: romSeed === '' ? undefined : romSeed.toUpperCase(),
  };
}
