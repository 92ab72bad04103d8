import type { Layout } from './layout.ts';

/** R: two bytes, no CRC. S: with CRC. M: like S, about a game. G: like S, may be broadcast to address 00. */
export type PollType = 'R' | 'S' | 'M' | 'G';

/**
 * How far a layout can be trusted (facts 0.1): M was seen on a live line, 3 and 2 are how many readers of the
 * document agree, 1 is one of them, ? is inference.
 */
export type Confidence = 'M' | '3' | '2' | '1' | '?';

/** Data of a message; `counted` has a length byte before it, which is framing. */
export interface Body<T extends object> {
  readonly kind: 'data';
  readonly layout: Layout<T>;
  readonly counted: boolean;
}

/** A single byte, the address: accepted, no data. */
export interface AckBody {
  readonly kind: 'ack';
}

/** A name without a known layout: the bytes survive as hex. */
export interface RawBody {
  readonly kind: 'raw';
}

export type AnyBody = Body<object> | AckBody | RawBody;

export const plain = <T extends object>(layout: Layout<T>): Body<T> => ({
  kind: 'data',
  layout,
  counted: false,
});
export const counted = <T extends object>(layout: Layout<T>): Body<T> => ({
  kind: 'data',
  layout,
  counted: true,
});
export const ack: AckBody = { kind: 'ack' };
export const raw: RawBody = { kind: 'raw' };

export type BodyFields<B> =
  B extends Body<infer T> ? T : B extends RawBody ? { raw: string } : Record<never, never>;

/** One long poll: everything that codec, simulator, log and reference know of it. */
export interface Message<
  Code extends string = string,
  Request extends AnyBody = AnyBody,
  Response extends AnyBody = AnyBody,
> {
  /** Two upper-case hex digits. */
  readonly code: Code;
  readonly title: string;
  readonly type: PollType;
  readonly request: Request;
  readonly response: Response;
  readonly confidence: Confidence;
  /** Paragraph of the facts. */
  readonly section: string;
  /** May be wrapped in B0 for a denomination. */
  readonly multiDenom: boolean;
  /** A machine obeys it when it is sent to address 00. */
  readonly broadcast: boolean;
  /** The answer is to be had once: the machine forgets it on implied ACK. */
  readonly oneShot: boolean;
}

interface Options<Request, Response> {
  readonly request?: Request;
  readonly response: Response;
  readonly confidence: Confidence;
  readonly section: string;
  readonly multiDenom?: boolean;
  readonly oneShot?: boolean;
}

const noData: Body<Record<never, never>> = plain({
  blocks: [[]],
  size: 0,
  read: (_reader, record = {}) => record,
  write: () => {},
});

/** Declares a long poll. */
export function longPoll<
  const Code extends string,
  Response extends AnyBody,
  Request extends AnyBody = Body<Record<never, never>>,
>(
  code: Code,
  type: PollType,
  title: string,
  options: Options<Request, Response>,
): Message<Code, Request, Response> {
  return {
    code,
    type,
    title,
    // A poll without data in it: the default of the type parameter.
    request: options.request ?? (noData as unknown as Request),
    response: options.response,
    confidence: options.confidence,
    section: options.section,
    multiDenom: options.multiDenom ?? false,
    broadcast: type === 'G',
    oneShot: options.oneShot ?? false,
  };
}

export type RequestFields<M> =
  M extends Message<string, infer Request, AnyBody> ? BodyFields<Request> : never;
export type ResponseFields<M> =
  M extends Message<string, AnyBody, infer Response> ? BodyFields<Response> : never;
