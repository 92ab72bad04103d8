/** As much of a WebSocket as is used here: the browser's, Node's, or one of the package `ws`. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
}

/** Opens a connection to `url` with these headers. A browser's takes none: there the session's cookie goes along. */
export type OpenSocket = (url: string, headers: Readonly<Record<string, string>>) => SocketLike;

/** `SocketLike.readyState` of one that can be written to. */
export const OPEN = 1;

/** The platform's own WebSocket. Node's takes headers where a browser's takes the names of protocols. */
export const openSocket: OpenSocket = (url, headers) => {
  const Socket = globalThis.WebSocket as unknown as new (
    url: string,
    options?: { headers: Readonly<Record<string, string>> },
  ) => SocketLike;
  return Object.keys(headers).length > 0 ? new Socket(url, { headers }) : new Socket(url);
};
