import { countOf, type Examination, medianDelay } from './examination.ts';

/** A likely cause of what was found, and what to do about it. */
export interface Cause {
  readonly id: string;
  /** `trouble` keeps the line from working, `warning` makes it work badly, `fine` is for information. */
  readonly weight: 'trouble' | 'warning' | 'fine';
  readonly says: string;
}

interface Rule extends Cause {
  readonly holds: (found: Examination, facts: Facts) => boolean;
}

/** What the rules have in common. */
interface Facts {
  readonly good: number;
  readonly goodLong: number;
  readonly goodGeneral: number;
  readonly asked: number;
  readonly chirping: number;
  readonly noisy: number;
  readonly damaged: number;
  readonly nothing: number;
  readonly delay: number | undefined;
}

/** In the order in which they explain: the first that holds is the likely cause. */
const rules: readonly Rule[] = [
  {
    id: 'unplugged',
    weight: 'trouble',
    says: 'The adapter went away while it was in use: its plug, its cable, or the power of the USB hub.',
    holds: ({ lost }) => lost !== undefined,
  },
  {
    id: 'otherHost',
    weight: 'trouble',
    says: 'Somebody else polls on this line: another host is connected to this SAS port. Take it off, or use the machine’s second SAS port.',
    // Its polls, or nothing but the zeros a machine answers it with.
    holds: ({ otherTraffic }) =>
      otherTraffic.filter(({ symbol }) => symbol >= 0x180).length > 2 ||
      (otherTraffic.length > 2 && otherTraffic.every(({ symbol }) => symbol === 0)),
  },
  {
    id: 'loopback',
    weight: 'trouble',
    says: 'What we send comes straight back and nothing else does: TX and RX are joined (a test plug, a bridge of solder), and the machine is not reached.',
    holds: ({ echoes }, { good }) => echoes && good === 0,
  },
  {
    id: 'ninthBitLost',
    weight: 'trouble',
    says: 'This port sends no ninth bit, so the machine never sees the beginning of a message. Use an adapter whose driver does mark and space parity (FTDI, CP210x, PL2303, 16550), or a bridge.',
    holds: ({ device }, { goodLong }) => device.ninthBit === 'lost' && goodLong === 0,
  },
  {
    id: 'answersMarked',
    weight: 'trouble',
    says: 'The machine’s bytes arrive with their ninth bit set: the receiving side expects another parity. Check for a converter in between that makes a parity of its own.',
    holds: (found) =>
      countOf([...found.generalPolls, ...found.longPolls], 'marked') * 2 > found.longPolls.length,
  },
  {
    id: 'notHeard',
    weight: 'trouble',
    says: 'The machine chirps, and goes on chirping while we poll: we hear it, it does not hear us. Our TX does not reach its RX (wire, level converter), or the wakeup bit is not on the first byte.',
    holds: (_, { good, chirping }) => good === 0 && chirping > 0,
  },
  {
    id: 'ninthBitStuck',
    weight: 'trouble',
    says: 'General polls are answered, long polls are not: the ninth bit is also on the second byte. Parity is fixed (even, or always mark) or is switched before the first byte has left; a driver that ignores the change does that.',
    holds: (_, { goodGeneral, goodLong, asked, damaged }) =>
      goodLong === 0 && damaged === 0 && goodGeneral * 4 > asked,
  },
  {
    id: 'wrongAddress',
    weight: 'trouble',
    says: 'No machine at this address, but there is one at another: use that, or set the address in the machine’s menu.',
    holds: ({ foundElsewhere, chirpsBefore, askedFor }, { good }) =>
      good === 0 &&
      (foundElsewhere.length > 0 ||
        (askedFor !== undefined && chirpsBefore.some((chirp) => chirp !== askedFor))),
  },
  {
    id: 'wrongSpeed',
    weight: 'trouble',
    says: 'Something is heard, and never a byte of it makes sense: the speed is not 19 200, or the level is inverted (RS-232 against TTL).',
    holds: ({ otherTraffic }, { good, noisy, damaged }) =>
      good === 0 && damaged === 0 && noisy + otherTraffic.length > 0,
  },
  {
    id: 'corrupted',
    weight: 'trouble',
    says: 'The machine answers, and the CRC of its answers is wrong: noise, a missing ground, too long a cable, or a level at its limit.',
    holds: (_, { damaged, goodLong, asked }) => damaged * 4 > asked || (damaged > 0 && goodLong === 0),
  },
  {
    id: 'noAnswer',
    weight: 'trouble',
    says: 'Nothing is heard, not even a chirp: TX and RX are swapped, the plug is in another port, the machine is off, or SAS is off in its menu (address 0).',
    holds: (_, { good, nothing, asked }) => good === 0 && nothing === asked,
  },
  {
    id: 'fixedParity',
    weight: 'warning',
    says: 'Some polls cannot be sent at all, since this line is opened with fixed even parity. Open it without even: if the adapter does mark and space.',
    holds: (found) => countOf([...found.generalPolls, ...found.longPolls], 'unsendable') > 0,
  },
  {
    id: 'latencyTimer',
    weight: 'warning',
    says: 'The adapter keeps bytes back: its latency timer is above 1 ms, so answers look later than they are. Set it to 1: echo 1 > /sys/class/tty/ttyUSB0/device/latency_timer (docs/guides/connect-a-slot-machine.md has the rule that keeps it).',
    holds: ({ device }) => (device.adapter?.latencyTimer ?? 1) > 2,
  },
  {
    id: 'lateAnswers',
    weight: 'warning',
    says: 'Answers come later than the 20 ms a machine has: an adapter, hub or network in between is slow. Allow for it with --latency.',
    holds: (_, { delay }) => delay !== undefined && delay > 20,
  },
  {
    id: 'gapsTooLong',
    weight: 'warning',
    says: 'The byte after the wakeup byte came later than 5 ms, and machines drop such messages: the change of parity is slow on this adapter, or the computer is overloaded (let the port’s thread have real-time priority: docs/guides/connect-a-slot-machine.md).',
    holds: ({ gapsTooLong }) => gapsTooLong > 0,
  },
  {
    id: 'noise',
    weight: 'warning',
    says: 'Some answers are damaged or missing, others are good: noise, ground or a loose contact. The host repeats such polls, at the price of time.',
    holds: (_, { good, damaged, noisy, nothing }) => good > 0 && damaged + noisy + nothing > 1,
  },
  {
    id: 'echo',
    weight: 'warning',
    says: 'The adapter hears what it sends (two-wire, half duplex). Machines answer, but a host needs an adapter without echo.',
    holds: ({ echoes }, { good }) => echoes && good > 0,
  },
  {
    id: 'busy',
    weight: 'warning',
    says: 'The machine says that it is busy, to every long poll: it is starting, in its menu, or in a tilt.',
    holds: ({ longPolls }) => longPolls.length > 0 && countOf(longPolls, 'busy') === longPolls.length,
  },
  {
    id: 'wasChirping',
    weight: 'fine',
    says: 'The machine was chirping, as it does when no host polls it; it answers now.',
    holds: ({ chirpsBefore }, { good }) => chirpsBefore.length > 0 && good > 0,
  },
  {
    id: 'healthy',
    weight: 'fine',
    says: 'Machine and line do what they should.',
    holds: (_, { goodLong, goodGeneral }) => goodLong > 0 && goodGeneral > 0,
  },
];

/** Every cause that explains what was found, the likeliest first. */
export function diagnose(found: Examination): readonly Cause[] {
  const all = [...found.generalPolls, ...found.longPolls];
  const facts: Facts = {
    good: countOf(all, 'good'),
    goodLong: countOf(found.longPolls, 'good'),
    goodGeneral: countOf(found.generalPolls, 'good'),
    asked: all.length,
    chirping: countOf(all, 'chirp'),
    noisy: countOf(all, 'noise'),
    damaged: countOf(all, 'damaged'),
    nothing: countOf(all, 'none'),
    delay: medianDelay(all),
  };
  const holding = rules.filter(({ holds }) => holds(found, facts));
  const causes = holding.some(({ weight }) => weight !== 'fine')
    ? holding.filter(({ id }) => id !== 'healthy')
    : holding;
  return causes.map(({ id, weight, says }) => ({ id, weight, says }));
}
