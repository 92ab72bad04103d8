import type { Fields } from './field.ts';
import type { Body } from './message.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Reads all data of a message, up to the end of `reader`, into `record`. */
export function readBody(body: Body<object>, reader: Reader, record: Record<string, unknown> = {}): Fields {
  if (body.counted && reader.byte() !== reader.left) reader.fail('the length byte is wrong');
  const fields = body.layout.read(reader, record) as Fields;
  if (reader.left > 0) reader.fail('there are bytes behind the data');
  return fields;
}

export function writeBody(body: Body<object>, writer: Writer, fields: Fields): void {
  const write = () => body.layout.write(writer, fields);
  if (body.counted) writer.counted(write);
  else write();
}
