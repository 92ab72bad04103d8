import type { Clock, Instant } from '@vakhta/kernel';
import type { HostEvents, MeterChange, SasHost } from '../host/index.ts';
import { meters } from '../tables/meters.ts';
import { jsonOf } from './json-of.ts';
import type { Reading } from './records.ts';
import type { SasStore } from './sas-store.ts';

/** What the store listens to and asks of a host. */
export type KeptHost = Pick<SasHost, 'address' | 'isUp' | 'capabilities' | 'on'>;

/** All but `handlerFailed`, which may be the store's own failure. */
type KeptEvent = Exclude<keyof HostEvents, 'handlerFailed'>;

/** What of an event goes into columns of its own. */
interface EventColumns {
  readonly at?: Instant;
  readonly code?: string;
  readonly title?: string;
  readonly id?: string;
}

/**
 * Writes what a host tells into a store, each before the host goes on, until the returned function is called. A write
 * that fails is told by the host as `handlerFailed`.
 */
export function keepFrom(
  host: KeptHost,
  { store, machine, clock }: { readonly store: SasStore; readonly machine: string; readonly clock: Clock },
): () => void {
  let known: SasHost['capabilities'];
  const noteMachine = (isUp: boolean) => {
    known = host.capabilities;
    const identity = known && jsonOf(known);
    store.recordMachine({ machine, address: host.address, isUp, at: clock.now(), identity });
  };
  const note = (kind: KeptEvent, value: unknown, { at, ...columns }: EventColumns = {}) => {
    if (kind === 'up' || kind === 'down' || host.capabilities !== known)
      noteMachine(kind !== 'down' && host.isUp);
    store.recordEvent({ machine, at: at ?? clock.now(), kind, ...columns, data: jsonOf(value) });
  };
  const keep = <E extends KeptEvent>(
    kind: E,
    columnsOf: (value: HostEvents[E]) => EventColumns = () => ({}),
  ) => host.on(kind, (value) => note(kind, value, columnsOf(value)));

  const offs = [
    ...(['up', 'down', 'chirp', 'handpay', 'romSignature'] as const).map((kind) => keep(kind)),
    keep('exception', ({ code, title, at }) => ({
      code,
      title,
      at: clock.now() - Math.round(clock.monotonic() - at),
    })),
    keep('followUp', ({ exception, poll }) => ({ code: exception, title: poll })),
    keep('transfer', ({ id, state }) => ({ id, title: state })),
    keep('ticketIn', ({ id, state }) => ({ id, title: state })),
    keep('ticketPrinted', ({ barcode }) => ({ title: barcode })),
    host.on('meters', ({ game, changes }) => {
      if (host.capabilities !== known) noteMachine(host.isUp);
      const at = clock.now();
      store.recordReadings(changes.map((change) => readingOf(change, { machine, game, at })));
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}

const readingOf = (
  { code, value, delta, kind }: MeterChange,
  rest: Pick<Reading, 'machine' | 'game' | 'at'>,
): Reading => {
  const meter = meters.get(code);
  return {
    ...rest,
    code,
    value,
    delta,
    change: kind,
    title: meter?.title ?? 'unknown',
    unit: meter?.unit ?? 'count',
  };
};
