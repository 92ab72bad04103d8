import type { GuestFigures, GuestStatistics } from '@vakhta/api';
import { ratio, roundedQuotient, thousandths } from '../arithmetic/rounding.ts';
import { gameDayOf } from '../game-days/game-day.ts';
import type { HallRef, HallSettings } from '../hall/hall.ts';
import { figureCodes, figuresOf } from './figures.ts';
import { amountMovedOf, type Moved } from './range.ts';
import { cardedSpans, movedInSessions } from './sessions.ts';

/** Total cancelled credits. */
const CASHED_OUT = '04';

interface Played {
  gameDay: string;
  moved: readonly Moved[];
  milliseconds: number;
}

/** What a guest played, all of it as of one instant: a total sums its lines, its percentages are of the sums. */
export async function guestStatistics(
  hall: HallRef & { settings: HallSettings; now: Date },
  player: string,
  days: { first?: string | undefined; last?: string | undefined },
): Promise<GuestStatistics> {
  const spans = (await cardedSpans(hall, { player }))
    .map((span) => ({ ...span, gameDay: gameDayOf(span.from, hall.settings) }))
    .filter(({ gameDay }) => !(days.first && gameDay < days.first) && !(days.last && gameDay > days.last));
  const moved = await movedInSessions(hall, spans, [...figureCodes, CASHED_OUT]);
  const sessions = spans.map((span, index) => ({
    ...span,
    moved: moved[index] ?? [],
    milliseconds: (span.to ?? hall.now).getTime() - span.from.getTime(),
  }));
  const byDay = Map.groupBy(sessions, ({ gameDay }) => gameDay);
  const isPlaying = sessions.some(({ to }) => to === null);
  const ends = sessions.map(({ to }) => (to ?? hall.now).getTime());
  return {
    player,
    readAt: hall.now.toISOString(),
    from: sessions[0]?.from.toISOString() ?? null,
    to: ends.length === 0 ? null : new Date(isPlaying ? hall.now : Math.max(...ends)).toISOString(),
    sessions: sessions.map((session) => ({
      gameDay: session.gameDay,
      machine: session.machine,
      from: session.from.toISOString(),
      to: session.to?.toISOString() ?? null,
      ...sumOf([session]),
    })),
    gameDays: [...byDay]
      .map(([gameDay, ofDay]) => ({ gameDay, ...sumOf(ofDay) }))
      .sort((a, b) => (a.gameDay < b.gameDay ? -1 : 1)),
    total: sumOf(sessions),
  };
}

function sumOf(played: readonly Played[]): GuestFigures {
  const moved = played.flatMap((one) => one.moved);
  const figures = figuresOf(moved);
  const milliseconds = played.reduce((sum, one) => sum + one.milliseconds, 0);
  return {
    coinInMinor: figures.coinInMinor,
    totalWonMinor: figures.totalWonMinor,
    winMinor: figures.winMinor,
    holdPct: figures.holdPct,
    playerWinPct: figures.playerWinPct,
    theoreticalHoldPct: figures.theoreticalHoldPct,
    theoreticalWinMinor: figures.theoreticalWinMinor,
    dropMinor: figures.dropMinor,
    cashOutMinor: amountMovedOf(moved, CASHED_OUT),
    handpayMinor: figures.jackpotMinor,
    games: figures.games,
    avgBetMinor: figures.avgBetMinor,
    avgBetCredits: ratio(figures.coinInCredits, figures.games),
    minutes: thousandths(roundedQuotient(BigInt(milliseconds), 60n)),
  };
}
