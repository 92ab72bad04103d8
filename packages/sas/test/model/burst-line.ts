import type { Clock } from '@vakhta/kernel';
import type { Line, LineSymbol, TimedSymbol, WireFault } from '../../src/line/index.ts';

type Listener = (symbols: readonly TimedSymbol[]) => void;

/** So fast that a whole message takes less than the gap that would end it. */
const symbolTime = 0.015;

/** A fast line that hands a message over in one piece: one timer a message instead of one a symbol, for tests of days. */
export function burstLine(clock: Clock, fault: WireFault): { host: Line; machine: Line } {
  const listeners: { host: Listener; machine: Listener } = { host: () => {}, machine: () => {} };
  const end = (side: 'host' | 'machine'): Line => {
    const other = side === 'host' ? 'machine' : 'host';
    let freeAt = 0;
    return {
      latency: 0,
      closed: new Promise(() => {}),
      close: async () => {},
      flush: () => {},
      receive: (listener) => {
        listeners[side] = listener;
      },
      send: (symbols: readonly LineSymbol[]) => {
        const start = Math.max(clock.monotonic(), freeAt);
        freeAt = start + symbols.length * symbolTime;
        const leftAt = freeAt;
        const arriving = fault(symbols).flatMap((symbol, index): TimedSymbol[] =>
          symbol === undefined ? [] : [{ symbol, at: start + (index + 1) * symbolTime }],
        );
        return new Promise((resolve) => {
          clock.after(leftAt - clock.monotonic(), () => {
            if (arriving.length > 0) listeners[other](arriving);
            resolve(leftAt);
          });
        });
      },
    };
  };
  return { host: end('host'), machine: end('machine') };
}
