import { createHash } from 'node:crypto';
import { UsageError } from '@vakhta/kernel';
import { Observation, type PictureHeader } from '@vakhta/link';
import type { Picture } from '@vakhta/things';
import * as z from 'zod';

/** The largest observation that is taken, in bytes of JSON: a batch of them must fit into a frame of the link. */
const MAX_OBSERVATION_BYTES = 256 * 1024;
/** The largest picture that is taken; with its header it must fit into a frame of the link (16 MiB). */
const MAX_PICTURE_BYTES = 15 * 1024 * 1024;

export interface StoredPicture {
  header: PictureHeader;
  bytes: Uint8Array;
}

/** An observation as it is stored and sent, checked once: what the server would refuse must never get a number. */
export interface EncodedObservation {
  readonly body: string;
  /** What it takes up, its picture included. */
  readonly bytes: number;
  readonly picture: StoredPicture | undefined;
}

/** Throws `UsageError` for what the link cannot carry: a bug of the caller. */
export function encodeObservation(observation: Observation, picture?: StoredPicture): EncodedObservation {
  const parsed = Observation.safeParse(observation);
  if (!parsed.success)
    throw new UsageError('outbox.not_an_observation', z.prettifyError(parsed.error), {
      context: { kind: observation.kind },
    });
  const body = JSON.stringify(parsed.data);
  const size = Buffer.byteLength(body);
  if (size > MAX_OBSERVATION_BYTES)
    throw new UsageError('outbox.observation_too_large', `${size} bytes, at most ${MAX_OBSERVATION_BYTES}`, {
      context: { kind: observation.kind },
    });
  return { body, bytes: size + (picture?.bytes.length ?? 0), picture };
}

/** Names a picture by its content; undefined for one too large to be carried. */
export function storedPicture({ contentType, bytes }: Picture): StoredPicture | undefined {
  if (bytes.length > MAX_PICTURE_BYTES) return undefined;
  return { header: { sha256: createHash('sha256').update(bytes).digest('hex'), contentType }, bytes };
}
