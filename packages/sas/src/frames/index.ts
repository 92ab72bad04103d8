export { describe } from './describe.ts';
export { dataLength, eventLength, requestLength } from './lengths.ts';
export type { Malformed } from './malformed.ts';
export {
  decodeRequest,
  encodeRequest,
  type GeneralPoll,
  type LongPoll,
  longPollTo,
  type Request,
} from './request.ts';
export {
  type BareAnswer,
  type DataAnswer,
  decodeResponse,
  type EventAnswer,
  type ExceptionAnswer,
  encodeResponse,
  type Pending,
  pendingOf,
  type Response,
  type RomSignature,
} from './response.ts';
export { Splitter } from './split.ts';
