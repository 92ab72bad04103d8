import * as z from 'zod';
import { FactNumber, HexByte } from './scalars.ts';

/** Something the machine told on its own. Never money: exceptions give time and kind, meters give amounts. */
export const ExceptionFact = z.strictObject({
  number: FactNumber,
  /** SAS exception, two hex digits: '51' handpay pending, '11' slot door opened, … */
  code: HexByte,
  /** Name of the table, or 'unknown'. */
  name: z.string().max(64),
  /** In English, for engineers. */
  title: z.string().max(200),
  /** The machine is in real-time mode and sent data with it. */
  realTime: z.boolean(),
  /** What came with it in real-time mode, by the protocol's field names. */
  data: z.array(z.strictObject({ name: z.string().max(64), value: z.string().max(200) })).max(40),
  /**
   * The agent was killed between the machine's hearing that this code was taken and noting so, and was away longer than
   * the machine waits: this may be the fact before it, told again.
   */
  maybeRepeated: z.boolean(),
});
export type ExceptionFact = z.infer<typeof ExceptionFact>;
