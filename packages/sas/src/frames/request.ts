import { ok, type Result, UsageError } from '@vakhta/kernel';
import { readBody, writeBody } from '../codec/body.ts';
import { hasGoodCrc } from '../codec/crc.ts';
import { hexByte } from '../codec/hex.ts';
import type { Message, RequestFields } from '../codec/message.ts';
import { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { type MessageName, type Messages, messageByByte, messages } from '../messages/registry.ts';
import { type Malformed, malformed } from './malformed.ts';

/** One byte: what is new? Address 0 asks nobody: it synchronises, and acknowledges what was answered before. */
export interface GeneralPoll {
  readonly message: 'generalPoll';
  readonly address: number;
}

/**
 * A command. `crcOk` is there only when the form has a CRC; when it is false the fields are not. The fields of a
 * command that nobody has named are `raw`, hex.
 */
export interface LongPoll {
  readonly message: 'longPoll';
  /** 1-127, or 0 to all machines. */
  readonly address: number;
  /** Two upper-case hex digits. */
  readonly command: string;
  readonly crcOk?: boolean;
  readonly [field: string]: unknown;
}

/** What a host sends. */
export type Request = GeneralPoll | LongPoll;

/** Bytes of a host to a message. */
export function decodeRequest(bytes: Uint8Array): Result<Request, Malformed> {
  const first = bytes[0];
  if (first === undefined) return malformed(bytes, 'there are no bytes');
  if (first >= 0x80)
    return bytes.length === 1
      ? ok({ message: 'generalPoll', address: first & 0x7f })
      : malformed(bytes, 'a general poll is one byte');
  if (bytes.length === 1) return malformed(bytes, 'a long poll has a command');
  const command = bytes[1]!;
  if (command === 0xff) return malformed(bytes, 'FF is no command: it marks events of a machine');
  const declared = messageByByte(command);
  const hasCrc = declared && declared.request.kind !== 'raw' ? declared.type !== 'R' : bytes.length > 2;
  const record: Record<string, unknown> = { message: 'longPoll', address: first, command: hexByte(command) };
  if (!hasCrc) {
    return bytes.length === 2
      ? ok(record as unknown as LongPoll)
      : malformed(bytes, 'a read poll is two bytes, without CRC');
  }
  if (bytes.length < 4) return malformed(bytes, 'the message is too short');
  record.crcOk = hasGoodCrc(bytes);
  if (record.crcOk === false) return ok(record as unknown as LongPoll);
  const reader = new Reader(bytes, 2, bytes.length - 2);
  if (declared?.request.kind === 'data') readBody(declared.request, reader, record);
  else record.raw = reader.hex(reader.left);
  return reader.problem ? malformed(bytes, reader.problem) : ok(record as unknown as LongPoll);
}

/** A message of a host to its bytes. Throws `UsageError` `sas.bad_field` when a field does not fit. */
export function encodeRequest(request: Request): Uint8Array {
  const writer = new Writer();
  writer.field = 'address';
  if (!(request.address >= 0 && request.address <= 127)) writer.refuse(request.address, 'from 0 to 127');
  if (request.message === 'generalPoll') {
    writer.byte(0x80 | request.address);
    return writer.finish();
  }
  const command = Number.parseInt(request.command, 16);
  writer.byte(request.address);
  writer.field = 'command';
  writer.byte(command);
  const declared = messageByByte(command);
  if (request.crcOk === false)
    throw new UsageError('sas.bad_crc', 'a message with a wrong CRC cannot be made from its fields');
  if (declared?.request.kind === 'data') writeBody(declared.request, writer, request);
  else if (request.raw !== undefined) writer.hex(String(request.raw), undefined);
  if (declared && declared.request.kind !== 'raw' ? declared.type !== 'R' : request.crcOk === true)
    writer.crc();
  return writer.finish();
}

/** A long poll by its name, with fields the compiler knows. */
export function longPollTo<N extends MessageName>(
  address: number,
  name: N,
  fields: RequestFields<Messages[N]>,
): LongPoll {
  const declared: Message = messages[name] as unknown as Message;
  return {
    ...fields,
    message: 'longPoll',
    address,
    command: declared.code,
    ...(declared.type === 'R' ? {} : { crcOk: true }),
  };
}
