import { ok, type Result, UsageError } from '@vakhta/kernel';
import { readBody, writeBody } from '../codec/body.ts';
import { hasGoodCrc } from '../codec/crc.ts';
import { fromHex, hexByte } from '../codec/hex.ts';
import { Reader } from '../codec/reader.ts';
import { Writer } from '../codec/writer.ts';
import { messageByByte } from '../messages/registry.ts';
import { type EventWithData, eventData, hasEventData } from '../tables/events.ts';
import { type Malformed, malformed } from './malformed.ts';

/** One byte after a general poll; "00" is nothing. */
export interface ExceptionAnswer {
  readonly message: 'exception';
  readonly exception: string;
}

/** Accepted; refused (CRC or data wrong); busy with something urgent: ask again later. */
export interface BareAnswer {
  readonly message: 'ack' | 'nack' | 'busy';
  readonly address: number;
}

/** The answer to a command. Fields are there when the CRC is right. */
export interface DataAnswer {
  readonly message: 'data';
  readonly address: number;
  readonly command: string;
  readonly crcOk: boolean;
  readonly [field: string]: unknown;
}

/** A real-time event, in place of an exception or of the answer to a long poll. */
export interface EventAnswer {
  readonly message: 'event';
  readonly address: number;
  readonly event: string;
  readonly crcOk: boolean;
  readonly [field: string]: unknown;
}

/** What poll 21 asked for, some time later. */
export interface RomSignature {
  readonly message: 'romSignature';
  readonly address: number;
  readonly crcOk: boolean;
  readonly signature?: string;
}

/** What a machine sends. */
export type Response = ExceptionAnswer | BareAnswer | DataAnswer | EventAnswer | RomSignature;

/** What a machine was asked: "GP", a command as two hex digits, or undefined when nobody knows. */
export type Pending = string | undefined;

/** What `request` makes a host wait for. */
export const pendingOf = (request: { message: string; command?: unknown }): Pending =>
  request.message === 'generalPoll' ? 'GP' : String(request.command);

/** One complete message of a machine; `pending` tells what a single byte means. */
export function decodeResponse(bytes: Uint8Array, pending?: Pending): Result<Response, Malformed> {
  const first = bytes[0];
  if (first === undefined) return malformed(bytes, 'there are no bytes');
  if (bytes.length === 1) {
    if (pending === undefined || pending === 'GP')
      return ok({ message: 'exception', exception: hexByte(first) });
    return ok({ message: first < 0x80 ? 'ack' : 'nack', address: first & 0x7f });
  }
  if (first >= 0x80) return malformed(bytes, 'the first byte is no address');
  const second = bytes[1]!;
  if (bytes.length === 2)
    return second === 0 && pending !== 'GP'
      ? ok({ message: 'busy', address: first })
      : malformed(bytes, 'the message is too short');
  if (second === 0xff) return decodeEvent(bytes);
  if (bytes.length < 4) return malformed(bytes, 'the message is too short');
  return second === 0x21 ? decodeSignature(bytes) : decodeData(bytes);
}

function decodeEvent(bytes: Uint8Array): Result<Response, Malformed> {
  if (bytes.length < 5) return malformed(bytes, 'the event is too short');
  const event = hexByte(bytes[2]!);
  const record: Record<string, unknown> = {
    message: 'event',
    address: bytes[0]!,
    event,
    crcOk: hasGoodCrc(bytes),
  };
  if (record.crcOk === true && bytes.length > 5) {
    const reader = new Reader(bytes, 3, bytes.length - 2);
    const data = hasEventData(event) ? eventData[event] : undefined;
    if (data && data.size === bytes.length - 5) data.read(reader, record);
    else record.raw = reader.hex(reader.left);
    if (reader.problem) return malformed(bytes, reader.problem);
  }
  return ok(record as unknown as EventAnswer);
}

function decodeSignature(bytes: Uint8Array): Result<Response, Malformed> {
  if (bytes.length !== 6) return malformed(bytes, 'a ROM signature is six bytes');
  const crcOk = hasGoodCrc(bytes);
  return ok({
    message: 'romSignature',
    address: bytes[0]!,
    crcOk,
    ...(crcOk ? { signature: hexByte(bytes[3]!) + hexByte(bytes[2]!) } : {}),
  });
}

function decodeData(bytes: Uint8Array): Result<Response, Malformed> {
  const record: Record<string, unknown> = {
    message: 'data',
    address: bytes[0]!,
    command: hexByte(bytes[1]!),
    crcOk: hasGoodCrc(bytes),
  };
  if (record.crcOk === false) return ok(record as unknown as DataAnswer);
  const reader = new Reader(bytes, 2, bytes.length - 2);
  const body = messageByByte(bytes[1]!)?.response;
  if (body?.kind === 'data') readBody(body, reader, record);
  else record.raw = reader.hex(reader.left);
  return reader.problem ? malformed(bytes, reader.problem) : ok(record as unknown as DataAnswer);
}

/** A message of a machine to its bytes. Throws `UsageError` `sas.bad_field` when a field does not fit. */
export function encodeResponse(response: Response): Uint8Array {
  const writer = new Writer();
  if (response.message === 'exception') {
    writer.hex(response.exception, 1);
    return writer.finish();
  }
  writer.field = 'address';
  if (!(response.address >= 0 && response.address <= 127)) writer.refuse(response.address, 'from 0 to 127');
  writer.byte(response.message === 'nack' ? response.address | 0x80 : response.address);
  if (isBare(response)) {
    if (response.message === 'busy') writer.byte(0);
    return writer.finish();
  }
  if (!response.crcOk)
    throw new UsageError('sas.bad_crc', 'a message with a wrong CRC cannot be made from its fields');
  if (response.message === 'event') writeEvent(writer, response);
  else if (response.message === 'romSignature') {
    writer.byte(0x21);
    writer.hex(response.signature ?? '', 2, 'lowFirst');
  } else writeData(writer, response);
  writer.crc();
  return writer.finish();
}

const isBare = (response: Response): response is BareAnswer =>
  response.message === 'ack' || response.message === 'nack' || response.message === 'busy';

function writeEvent(writer: Writer, event: EventAnswer): void {
  writer.byte(0xff);
  writer.hex(event.event, 1);
  if (event.raw !== undefined) writer.hex(String(event.raw), undefined);
  else if (hasEventData(event.event)) writeEventData(writer, event, event.event);
}

function writeEventData(writer: Writer, event: EventAnswer, code: EventWithData): void {
  const data = eventData[code];
  const dataLess = data.blocks[0]!.every(([name]) => event[name] === undefined);
  if (!dataLess) data.write(writer, event as never);
}

function writeData(writer: Writer, data: DataAnswer): void {
  writer.hex(data.command, 1);
  const body = messageByByte(fromHex(data.command)![0]!)?.response;
  if (body?.kind === 'data') writeBody(body, writer, data);
  else writer.hex(String(data.raw ?? ''), undefined);
}
