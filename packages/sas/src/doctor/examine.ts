import { AppError, type Clock, type Duration } from '@vakhta/kernel';
import { hostSymbols, type TimedSymbol, wakeup } from '../line/index.ts';
import type { OpenLine } from '../transports/index.ts';
import type { Examination, PollResult } from './examination.ts';
import { LineEar } from './exchange.ts';
import { verdict } from './verdict.ts';

export interface ExamineOptions {
  readonly clock: Clock;
  /** 1..127; without it, the address of a chirp, or the first that answers. */
  readonly address?: number | undefined;
  /** How many rounds of a general and a long poll. */
  readonly rounds?: number;
  /** Told what is being done. */
  readonly onStep?: (step: string) => void;
}

/** A machine that hears nobody chirps after 5 s, every 200 ms. */
const silence: Duration = 5600;
/** Far beyond the 20 ms of the protocol, so that a late answer is seen as late, not as none. */
const window: Duration = 150;
const scanWindow: Duration = 45;
/**
 * Reads only: nothing is changed in a machine. 1F is its identity, 54 its version, 11 its coin-in, which fixed even
 * parity can ask for; every answer has a CRC.
 */
const reads = [0x1f, 0x54, 0x11];

/** Listens, polls, and tries every address where nothing answers. Changes nothing in a machine. */
export async function examine(
  open: Pick<OpenLine, 'line' | 'ninthBit' | 'adapter' | 'statistics'>,
  { clock, address: askedFor, rounds = 20, onStep = () => {} }: ExamineOptions,
): Promise<Examination> {
  const { line } = open;
  let lost: string | undefined;
  const lostLine = line.closed.then((cause) => {
    lost = cause ?? 'the line was closed';
  });
  const ear = new LineEar(line, clock);
  const found = {
    generalPolls: [] as PollResult[],
    longPolls: [] as PollResult[],
    foundElsewhere: [] as number[],
  };
  let heard: TimedSymbol[] = [];
  let echoes = false;
  let address = askedFor;
  try {
    onStep('listening');
    heard = await Promise.race([ear.listen(silence), lostLine.then(() => [])]);
    address ??= chirps(heard)[0];
    onStep('synchronising');
    echoes = await hearsItself(ear);
    const poll = async (symbols: readonly number[], time: Duration): Promise<PollResult> => {
      const exchange = await ear.exchange(symbols, time).catch(asUnsendable);
      if (!exchange) return { verdict: 'unsendable', delay: undefined };
      return { verdict: verdict(exchange, echoes), delay: echoes ? undefined : exchange.delay };
    };
    if (address === undefined) {
      onStep('looking for a machine');
      address = await firstAnswering(poll);
    }
    onStep('polling');
    for (let round = 0; round < rounds && address !== undefined && lost === undefined; round++) {
      found.generalPolls.push(await poll([wakeup | 0x80 | address], window));
      found.longPolls.push(await poll(hostSymbols([address, reads[round % reads.length]!]), window));
    }
    const answered = [...found.generalPolls, ...found.longPolls].some(({ verdict }) => verdict === 'good');
    if (!answered && askedFor !== undefined && lost === undefined) {
      onStep('looking for a machine at other addresses');
      const other = await firstAnswering(poll);
      if (other !== undefined && other !== askedFor) found.foundElsewhere.push(other);
    }
  } catch (error) {
    // A send that fails on a line that has gone; anything else is ours.
    await Promise.race([lostLine, Promise.reject(error)]).catch((cause: unknown) => {
      if (lost === undefined) throw cause;
    });
  }
  return {
    ...found,
    device: { ninthBit: open.ninthBit, adapter: open.adapter },
    address,
    askedFor,
    chirpsBefore: chirps(heard),
    otherTraffic: heard.filter(({ symbol }) => !isChirp(symbol)),
    echoes,
    gapsTooLong: open.statistics?.gapsTooLong ?? 0,
    lost,
  };
}

/** Fixed even parity refuses what it cannot say. */
function asUnsendable(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'sas.line.cannot_send') return undefined;
  throw error;
}

const isChirp = (symbol: number) => symbol > wakeup && symbol < (wakeup | 0x80);
const chirps = (heard: readonly TimedSymbol[]): number[] =>
  heard.filter(({ symbol }) => isChirp(symbol)).map(({ symbol }) => symbol & 0x7f);

/** Nobody answers `80`: what comes back thrice is ourselves. */
async function hearsItself(ear: LineEar): Promise<boolean> {
  for (let time = 0; time < 3; time++) {
    const { heard } = await ear.exchange([wakeup | 0x80], scanWindow);
    if ((heard[0]?.symbol ?? 0) % wakeup !== 0x80) return false;
  }
  return true;
}

/** Two answers at the same address: one may be a byte of noise. */
async function firstAnswering(
  poll: (symbols: readonly number[], time: Duration) => Promise<PollResult>,
): Promise<number | undefined> {
  for (let address = 1; address <= 127; address++) {
    const symbols = [wakeup | 0x80 | address];
    if ((await poll(symbols, scanWindow)).verdict !== 'good') continue;
    await poll([wakeup | 0x80], scanWindow);
    if ((await poll(symbols, scanWindow)).verdict === 'good') return address;
  }
  return undefined;
}
