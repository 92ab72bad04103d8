import type { Duration } from '@vakhta/kernel';
import type { LineSymbol, TimedSymbol } from '../../line/symbols.ts';
import type { ParityTechnique } from './parity-coding.ts';

/** What the thread that owns a port is started with. */
export type PortOrder =
  | {
      readonly kind: 'serial';
      readonly path: string;
      readonly technique: ParityTechnique | 'auto' | 'bridge';
    }
  | { readonly kind: 'pty'; readonly coding: 'gap' | 'bridge' };

/** To the thread. */
export type ToPort =
  | { readonly kind: 'send'; readonly id: number; readonly symbols: readonly LineSymbol[] }
  | { readonly kind: 'flush'; readonly epoch: number }
  | { readonly kind: 'close' };

/** What was found out about a port by opening it. */
export interface OpenedPort {
  readonly path: string;
  /** How the ninth bit is sent, `lost` where this device has none. */
  readonly ninthBit: ParityTechnique | 'bridge' | 'lost';
  /** Milliseconds one change of parity takes: over USB a transfer of its own. */
  readonly switchTime: Duration;
  /** The thread that owns it goes before all ordinary ones; refused to most users. */
  readonly realTime: boolean;
}

/** From the thread. Times are of the machine's monotonic clock, in milliseconds. */
export type FromPort =
  | { readonly kind: 'opened'; readonly wakeFd: number; readonly port: OpenedPort }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly context: object }
  | { readonly kind: 'received'; readonly epoch: number; readonly symbols: readonly TimedSymbol[] }
  | { readonly kind: 'sent'; readonly id: number; readonly end: Duration; readonly gap: Duration | undefined }
  | { readonly kind: 'closed'; readonly cause: string | undefined };
