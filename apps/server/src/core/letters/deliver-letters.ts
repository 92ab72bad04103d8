import { type Clock, type Instant, minutes, seconds } from '@vakhta/kernel';
import type { Log } from '../../platform/log/log.ts';
import type { Mail, Mailer } from '../../platform/mail/mailer.ts';

/** A mail to one person about their own account, on its way. */
export interface Letter {
  /** Of the row that it is sent for. */
  row: string;
  /** Which try this is, from 1. */
  attempt: number;
  mail: Mail;
}

/** Rows that have a letter sent for them; each settles its own. */
export interface LetterBox {
  /** Takes what is due for this server alone, until `lease`. */
  take(now: Instant, lease: Instant): Promise<Letter[]>;
  markSent(letter: Letter, now: Instant): Promise<void>;
  markUnsent(letter: Letter, again: Instant, reason: string): Promise<void>;
  /** Drops rows whose link is of no more use. */
  forgetPast(now: Instant): Promise<void>;
}

/** Whoever took a letter and is not done by then has died with it. */
const LEASE = minutes(2);
const backOff = (attempt: number) => Math.min(seconds(15) * 2 ** (attempt - 1), minutes(15));

/** Sends what is due. What can not be sent is tried again for as long as its link holds; the same mail under the same name. */
export async function deliverLetters(
  boxes: readonly LetterBox[],
  { mailer, clock, log }: { mailer: Mailer; clock: Clock; log: Log },
): Promise<void> {
  for (const box of boxes) {
    const letters = await box.take(clock.now(), clock.now() + LEASE);
    await Promise.all(
      letters.map(async (letter) => {
        try {
          await mailer.send(letter.mail);
        } catch (error) {
          // A mail server likes to repeat the address, which belongs in no log.
          const reason = (error instanceof Error ? error.message : String(error)).replaceAll(
            letter.mail.to,
            '…',
          );
          log.warn({ event: 'letter.unsent', row: letter.row, attempt: letter.attempt, reason });
          return box.markUnsent(letter, clock.now() + backOff(letter.attempt), reason.slice(0, 500));
        }
        await box.markSent(letter, clock.now());
        log.debug({ event: 'letter.sent', row: letter.row, attempt: letter.attempt });
      }),
    );
  }
}
