import type { AppError, Duration, Instant } from '@vakhta/kernel';
import type { Position } from '../source/source.ts';
import type { Gap } from './copy-batch.ts';

/** What a mirror is about. */
export type MirrorState =
  | { readonly state: 'stopped' }
  | { readonly state: 'connecting' }
  | { readonly state: 'copying' }
  /** All that the source has is in the target. */
  | { readonly state: 'level' }
  /** It failed, and tries again at `until`, or when it is woken. */
  | {
      readonly state: 'waiting';
      readonly error: AppError;
      readonly failures: number;
      readonly until: Instant;
    };

/** How far the target is behind the source. */
export interface Lag {
  /** Rows the target does not have yet. */
  readonly rows: number;
  /** How long the oldest of them has been waiting; 0 when none is. */
  readonly age: Duration;
}

export type MirrorStatus = MirrorState & {
  /** Up to here the target has all rows; null while neither the target nor the source has told. */
  readonly position: Position | null;
  /** Null while the position is unknown. */
  readonly lag: Lag | null;
  /** When rows were last committed by this process. */
  readonly committedAt: Instant | null;
  /** Rows committed by this process. */
  readonly copied: number;
  /** The last gap met by this process: rows the source let go of before the target had them. */
  readonly gap: Gap | null;
};
