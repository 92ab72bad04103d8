/** A text frame carries a message as JSON, a binary one a picture. */
export type Frame = string | Uint8Array;

/** One connection that carries whole frames in order, or breaks. Sending on a broken one does nothing. */
export interface Wire {
  send(frame: Frame): void;
  /** Asks the other side for a sign of life; its answer is told by `alive`. */
  ping(): void;
  /** Says farewell with a WebSocket close code. */
  close(code: number, reason?: string): void;
  /** Cuts the connection without a farewell: for a peer that does not answer. */
  terminate(): void;
}

/** What a wire tells its owner; never from within the call that made it. */
export interface WireHandlers {
  opened(): void;
  frame(frame: Frame): void;
  /** A ping or a pong came: the other side lives. */
  alive(): void;
  /** Exactly once, and the last; also for a connection that never opened (1006, as RFC 6455 §7.1.5 has it). */
  closed(code: number, reason: string): void;
}

/** Opens a wire to a URL. The seam where a simulation puts its own. */
export type Connect = (url: string, handlers: WireHandlers) => Wire;
