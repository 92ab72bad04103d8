import type { Clock, Json } from '@vakhta/kernel';
import type { MessageName, PollOutcome, SasHost } from '@vakhta/sas';
import type { ActionContext, ActionOutcome } from '@vakhta/things';
import type { ReadingCause } from '../facts/index.ts';
import type { EgmAction } from '../model/egm.ts';
import type { Handpays } from './handpays.ts';
import type { MachineStore } from './machine-store.ts';
import type { MachineView } from './machine-view.ts';
import { isoOf, type Readings } from './readings.ts';
import type { Transfers, TransferWish } from './transfers.ts';
import { localTime, sasTime } from './zoned-time.ts';

/** What actions work on. */
export interface ActingMachine {
  readonly host: SasHost;
  readonly clock: Clock;
  readonly store: MachineStore;
  readonly view: MachineView;
  readonly readings: Readings;
  readonly handpays: Handpays;
  readonly transfers: Transfers;
  readonly timeZone: string;
  /** Asks who it is anew, and records it. */
  readonly identify: (cause: 'request') => Promise<boolean>;
}

type Handler = (
  machine: ActingMachine,
  input: Record<string, Json>,
  context: ActionContext,
) => Promise<ActionOutcome>;

/** What a machine's clock may be off after it was set. */
const clockTolerance = 2000;

export const actionHandlers: Record<EgmAction, Handler> = {
  transferToMachine: ({ transfers }, input, context) =>
    transfers.make({ ...wishOf(input), direction: 'toMachine' }, context),
  transferToHost: ({ transfers }, input, context) =>
    transfers.make({ ...wishOf(input), direction: 'toHost' }, context),
  checkTransfer: ({ transfers }, input, context) => transfers.check(String(input.transfer), context),
  readHandpay: async ({ handpays, host }) => {
    const read = await handpays.read(host);
    if (read === 'noAnswer') return failed('egm.offline', 'no answer to poll 1B');
    return { state: 'succeeded', observed: true, evidence: { handpay: read === 'read' } };
  },
  resetHandpay,
  enable: switched('startUp', ({ store, view }) => {
    store.setMark('enabled', true);
    view.onEnabled(true);
  }),
  disable: switched('shutDown', ({ store, view }) => {
    store.setMark('enabled', false);
    view.onEnabled(false);
  }),
  soundOn: switched('soundOn', ({ view }) => view.set('sound', true)),
  soundOff: switched('soundOff', ({ view }) => view.set('sound', false)),
  setClock,
  readNow: async (machine) => {
    if (!(await machine.identify('request'))) return failed('egm.offline', 'the machine did not answer');
    return reading(machine, 'request');
  },
  announceClear: (machine) => reading(machine, 'beforeClear'),
};

const wishOf = (input: Record<string, Json>): Omit<TransferWish, 'direction'> => ({
  transfer: String(input.transfer),
  kind: input.kind as TransferWish['kind'],
  amountCents: Number(input.amountCents),
  allowPartial: input.allowPartial === true,
});

const failed = (code: string, message: string): ActionOutcome => ({ state: 'failed', code, message });

/** A poll that did not bring what it should, as the end of an action. After silence it may have been carried out. */
function unanswered(outcome: Extract<PollOutcome, { ok: false }>): ActionOutcome {
  const { code, sent } = outcome.error;
  if (code === 'sas.refused') return failed('egm.refused', 'the machine answered with NACK');
  if (sent === 0) return failed('egm.offline', `it was never sent: ${code}`);
  if (code === 'sas.silent')
    return failed('egm.not_supported', 'the machine answers other polls, but not this');
  return { state: 'unknown', message: `${code} after it was sent ${sent} times` };
}

/** An order without fields; the machine's ACK is its word that it obeys. */
function switched(
  poll: 'startUp' | 'shutDown' | 'soundOn' | 'soundOff',
  done: (machine: ActingMachine) => void,
): Handler {
  return async (machine, _, { deadline }) => {
    const outcome = await machine.host.ask(poll satisfies MessageName, {}, within(machine, deadline));
    if (!outcome.ok) return unanswered(outcome);
    done(machine);
    return { state: 'succeeded', observed: true };
  };
}

const within = ({ clock }: ActingMachine, deadline: number) => ({
  priority: 'command' as const,
  within: Math.max(1, deadline - clock.now()),
});

async function resetHandpay(
  { host, view, handpays }: ActingMachine,
  { payer }: Record<string, Json>,
): Promise<ActionOutcome> {
  // One that was not read cannot be told apart from the next: its amount is kept first.
  if ((await handpays.read(host)) === 'noAnswer') return failed('egm.offline', 'no answer to poll 1B');
  const reset = await host.resetHandpay(payer === 'creditMeter' ? 'creditMeter' : 'attendant');
  if (reset.ok) {
    view.onException('52');
    return { state: 'succeeded', observed: true };
  }
  switch (reset.error) {
    case 'noHandpay':
      return failed('egm.no_handpay', 'the machine says that there is none');
    case 'notPossible':
      return failed('egm.handpay_not_possible', 'the machine says that it is not possible');
    case 'sas.refused':
      return failed('egm.refused', 'the machine answered with NACK');
    case 'sas.down':
    case 'sas.expired':
    case 'sas.stopped':
      return failed('egm.offline', reset.error);
    case 'sas.silent':
    case 'sas.damaged':
    case 'sas.busy':
      return { state: 'unknown', message: `${reset.error}: exception 52 will tell whether it was reset` };
  }
}

async function setClock(
  machine: ActingMachine,
  _: Record<string, Json>,
  { deadline }: ActionContext,
): Promise<ActionOutcome> {
  const { host, clock, timeZone } = machine;
  const sent = await host.ask('setDateTime', sasTime(clock.now(), timeZone), within(machine, deadline));
  if (!sent.ok) return unanswered(sent);
  const read = await host.ask('currentDateTime', {}, within(machine, deadline));
  if (!read.ok || read.kind !== 'data') return { state: 'succeeded', observed: false };
  const shown = isoOf(read.fields);
  const drift = driftOf(shown, clock.now(), timeZone);
  if (drift === null || Math.abs(drift) > clockTolerance)
    return failed('egm.clock_not_set', `the machine shows ${shown}`);
  machine.view.set('clockDrift', Math.round(drift / 1000));
  return { state: 'succeeded', observed: true, evidence: { machine: shown } };
}

/** By how many milliseconds a machine's clock is ahead of the wall's. */
export function driftOf(machine: string | null, now: number, timeZone: string): number | null {
  if (machine === null) return null;
  const wall = localTime(now, timeZone);
  return Date.parse(`${machine}Z`) - Date.parse(`${wall.date}T${wall.time}Z`);
}

async function reading({ readings }: ActingMachine, cause: ReadingCause): Promise<ActionOutcome> {
  const taken = await readings.take(cause);
  if (!taken) return failed('egm.offline', 'the machine did not answer');
  const meters = Object.fromEntries(taken.meters.map(({ code, value }) => [code, value]));
  return { state: 'succeeded', observed: true, evidence: { meters } };
}
