import { ADDRESS_HEADER } from './identity-options.ts';

/** Where a request comes from, as the HTTP server knows it. */
export interface Visitor {
  address: string;
  /** What the browser says of itself: its User-Agent. */
  device: string;
}

/** What a User-Agent may take at most in our tables. */
const MAX_DEVICE_LENGTH = 300;

/** The headers that the library is asked with. */
export const headersOf = (request: { cookie?: string | undefined; from?: Visitor | undefined }): Headers => {
  const headers = new Headers();
  if (request.cookie !== undefined) headers.set('cookie', request.cookie);
  if (request.from) {
    headers.set(ADDRESS_HEADER, request.from.address);
    headers.set('user-agent', printable(request.from.device).slice(0, MAX_DEVICE_LENGTH));
  }
  return headers;
};

/** A header holds no control characters and nothing past Latin-1; whatever a client sent becomes such a text. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').trim();
