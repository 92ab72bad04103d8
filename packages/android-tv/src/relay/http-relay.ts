import { AppError, type Clock, seconds, withDeadline } from '@vakhta/kernel';
import * as z from 'zod';
import type { relayDialects } from '../model/configuration.ts';
import type { Relay } from './relay.ts';

export type RelayDialect = (typeof relayDialects)[number];

interface Request {
  url: string;
  method: 'GET' | 'POST';
  body?: string;
}

interface Dialect {
  read(base: string): Request;
  set(base: string, on: boolean): Request;
  /** What an answer to either says of the output; `undefined` where it does not. */
  state(answer: unknown): boolean | undefined;
}

const below = (base: string, path: string) => `${base.replace(/\/+$/, '')}${path}`;

function member<T>(schema: z.ZodType<T>, answer: unknown): T | undefined {
  const parsed = schema.safeParse(answer);
  return parsed.success ? parsed.data : undefined;
}

/** What the makes of network relays understand. */
const dialects: Record<RelayDialect, Dialect> = {
  /** Ours, and easily anybody's: GET gives and POST takes `{"on": true}`. */
  vakhta: {
    read: (url) => ({ url, method: 'GET' }),
    set: (url, on) => ({ url, method: 'POST', body: JSON.stringify({ on }) }),
    state: (answer) => member(z.object({ on: z.boolean() }), answer)?.on,
  },
  /** Shelly Gen2 RPC over HTTP: Switch.GetStatus and Switch.Set; Set answers the state before it. */
  shelly: {
    read: (base) => ({ url: below(base, '/rpc/Switch.GetStatus?id=0'), method: 'GET' }),
    set: (base, on) => ({ url: below(base, `/rpc/Switch.Set?id=0&on=${on}`), method: 'GET' }),
    state: (answer) => member(z.object({ output: z.boolean() }), answer)?.output,
  },
  tasmota: {
    read: (base) => ({ url: below(base, '/cm?cmnd=Power'), method: 'GET' }),
    set: (base, on) => ({ url: below(base, `/cm?cmnd=Power%20${on ? 'On' : 'Off'}`), method: 'GET' }),
    state: (answer) => {
      const power = member(z.object({ POWER: z.enum(['ON', 'OFF']) }), answer)?.POWER;
      return power === undefined ? undefined : power === 'ON';
    },
  },
};

const answerWithin = seconds(5);

/** A relay on the network. A set is believed only when a reading after it says the same. */
export class HttpRelay implements Relay {
  readonly #url: string;
  readonly #dialect: Dialect;
  readonly #clock: Clock;

  constructor(options: { url: string; dialect: RelayDialect; clock: Clock }) {
    this.#url = options.url;
    this.#dialect = dialects[options.dialect];
    this.#clock = options.clock;
  }

  async read(): Promise<boolean | undefined> {
    try {
      return this.#dialect.state(await this.#ask(this.#dialect.read(this.#url)));
    } catch {
      return undefined;
    }
  }

  async set(on: boolean): Promise<void> {
    await this.#ask(this.#dialect.set(this.#url, on));
    const state = await this.read();
    if (state !== on)
      throw new AppError('relay.not_switched', 'the relay took the request but does not show its effect', {
        context: { url: this.#url, asked: on, state },
        retry: 'safe',
      });
  }

  async close(): Promise<void> {}

  async #ask({ url, method, body }: Request): Promise<unknown> {
    const failed = (message: string, cause?: unknown) =>
      new AppError('relay.unreachable', message, { context: { url }, cause, retry: 'safe' });
    const answer = async (signal: AbortSignal) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(
        url,
        body === undefined ? { method, signal } : { method, body, headers, signal },
      );
      const text = await response.text();
      if (!response.ok) throw failed(`the relay answered ${response.status}`);
      return JSON.parse(text);
    };
    try {
      return await withDeadline(this.#clock, answerWithin, answer, () => failed('the relay did not answer'));
    } catch (error) {
      throw error instanceof AppError ? error : failed('the relay cannot be asked', error);
    }
  }
}
