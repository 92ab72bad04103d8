import { hexByte } from '../codec/hex.ts';
import type { AnyBody } from '../codec/message.ts';
import { messageByByte } from '../messages/registry.ts';
import { eventData, hasEventData } from '../tables/events.ts';

const envelope = 4;

/**
 * Bytes that a message of `body` takes, address to CRC. Undefined when it does not tell: its layout is not known, or
 * the length byte has not come yet ("more").
 */
function bodyLength(
  body: AnyBody,
  bytes: ArrayLike<number>,
  at: number,
  end: number,
): number | 'more' | undefined {
  if (body.kind !== 'data') return undefined;
  if (!body.counted) return body.layout.size === undefined ? undefined : envelope + body.layout.size;
  return end - at < 3 ? 'more' : envelope + 1 + bytes[at + 2]!;
}

/** Bytes of the request that begins at `at`. Unknown commands and layouts: undefined. */
export function requestLength(
  bytes: ArrayLike<number>,
  at = 0,
  end = bytes.length,
): number | 'more' | undefined {
  if (end - at < 1) return 'more';
  if (bytes[at]! >= 0x80) return 1;
  if (end - at < 2) return 'more';
  const message = messageByByte(bytes[at + 1]!);
  if (!message) return undefined;
  return message.type === 'R' ? 2 : bodyLength(message.request, bytes, at, end);
}

/** Bytes of the data answer that begins at `at`. Unknown commands and layouts: undefined. */
export function dataLength(
  bytes: ArrayLike<number>,
  at = 0,
  end = bytes.length,
): number | 'more' | undefined {
  if (end - at < 2) return 'more';
  const message = messageByByte(bytes[at + 1]!);
  return message ? bodyLength(message.response, bytes, at, end) : undefined;
}

/** Bytes of an event with its data, address to CRC. */
export const eventLength = (code: number): number => {
  const name = hexByte(code);
  return 5 + (hasEventData(name) ? eventData[name].size! : 0);
};
