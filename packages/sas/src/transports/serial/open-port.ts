import type { Duration } from '@vakhta/kernel';
import { BridgePortCoding } from './bridge-port-coding.ts';
import type { Coding } from './coding.ts';
import { GapCoding } from './gap-coding.ts';
import type { Libc } from './libc.ts';
import { ParityCoding } from './parity-coding.ts';
import { openPty } from './pty.ts';
import { SpacedCoding } from './spaced-coding.ts';
import { Tty } from './tty.ts';
import type { OpenedPort, PortOrder } from './worker-messages.ts';

/** A port ready for use by the thread that owns it. */
export interface ReadyPort {
  readonly tty: Tty;
  readonly coding: Coding;
  readonly opened: Omit<OpenedPort, 'realTime'>;
  close(): void;
}

/** Opens what was ordered, and finds out what the device can do with a ninth bit. */
export function openPort(libc: Libc, order: PortOrder, now: () => Duration): ReadyPort {
  if (order.kind === 'pty') {
    const pty = openPty(libc, now);
    const coding = order.coding === 'bridge' ? new BridgePortCoding() : new GapCoding();
    const ninthBit = order.coding === 'bridge' ? 'bridge' : 'lost';
    return { ...pty, coding, opened: { path: pty.path, ninthBit, switchTime: 0 } };
  }
  const tty = Tty.open(libc, order.path, now);
  tty.askLowLatency();
  const close = () => tty.close();
  if (order.technique === 'bridge') {
    const coding = new BridgePortCoding();
    tty.configure(coding.settings);
    return { tty, coding, close, opened: { path: order.path, ninthBit: 'bridge', switchTime: 0 } };
  }
  tty.configure({ baud: 19_200, parity: 'space' });
  const startedAt = now();
  const marks = tty.keeps('mark') && tty.keeps('space');
  const switchTime = (now() - startedAt) / 2;
  const evens = tty.keeps('even');
  // Asked for nothing, the device decides: MARK and SPACE, else EVEN and ODD chosen byte by byte.
  const technique =
    order.technique === 'auto' ? (marks || !evens ? 'markSpace' : 'evenOdd') : order.technique;
  const kept = technique === 'markSpace' ? marks : evens;
  const coding = kept ? new ParityCoding(technique) : new SpacedCoding(new ParityCoding(technique));
  tty.configure(coding.settings);
  return {
    tty,
    coding,
    close,
    opened: { path: order.path, ninthBit: kept ? technique : 'lost', switchTime },
  };
}
