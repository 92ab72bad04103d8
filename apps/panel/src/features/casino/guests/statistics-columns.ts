import type { GuestFigures } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import type { StatisticsView } from './guest-search.ts';

export interface StatisticsColumn {
  title: string;
  text(figures: GuestFigures): string;
  /** Whether it stands in the colour of a loss: the house's in its view, the guest's in the classic one. */
  isLoss?(figures: GuestFigures): boolean;
  /** Meters whose movements the figure is made of. */
  meters?: string;
}

/** The columns with figures of a view; those with words are the same in both. */
export function useStatisticsColumns(view: StatisticsView): StatisticsColumn[] {
  const { t, language } = useWords();
  const { amount, currency } = useMoney();
  const exact = (digits: number) => {
    const format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return (decimal: string | null) => (decimal === null ? NOT_KNOWN : format.format(Number(decimal)));
  };
  const [whole, two, three] = [exact(0), exact(2), exact(3)];
  const games: StatisticsColumn = {
    title: t(`casinoGuests.${view}.games`),
    text: (figures) => whole(String(figures.games)),
    meters: '05',
  };
  if (view === 'classic')
    return [
      {
        title: t('casinoGuests.classic.theoretical'),
        text: ({ theoreticalWinMinor }) => amount(theoreticalWinMinor),
        meters: '00',
      },
      {
        title: t('casinoGuests.classic.coinIn'),
        text: ({ coinInMinor }) => amount(coinInMinor),
        meters: '00',
      },
      {
        title: t('casinoGuests.classic.won'),
        text: ({ totalWonMinor }) => amount(totalWonMinor),
        meters: '01,02',
      },
      {
        title: t('casinoGuests.classic.handpay'),
        text: ({ handpayMinor }) => amount(handpayMinor),
        meters: '02',
      },
      games,
      {
        title: t('casinoGuests.classic.averageBet'),
        text: ({ avgBetCredits }) => three(avgBetCredits),
        meters: '00,05',
      },
      {
        title: t('casinoGuests.classic.win'),
        text: ({ playerWinPct }) => three(playerWinPct),
        isLoss: ({ playerWinPct }) => Number(playerWinPct) < 0,
        meters: '00,01,02',
      },
      {
        title: t('casinoGuests.classic.hold'),
        text: ({ holdPct }) => three(holdPct),
        isLoss: ({ holdPct }) => Number(holdPct) < 0,
        meters: '00,01,02',
      },
    ];
  return [
    { title: t('casinoGuests.house.minutes'), text: ({ minutes }) => whole(minutes) },
    {
      title: t('casinoFloor.columns.coinIn', { currency }),
      text: ({ coinInMinor }) => amount(coinInMinor),
      meters: '00',
    },
    {
      title: t('casinoFloor.columns.won', { currency }),
      text: ({ totalWonMinor }) => amount(totalWonMinor),
      meters: '01,02',
    },
    {
      title: t('casinoGuests.house.result', { currency }),
      text: ({ winMinor }) => amount(winMinor),
      isLoss: ({ winMinor }) => winMinor < 0,
      meters: '00,01,02',
    },
    { title: t('casinoFloor.columns.hold'), text: ({ holdPct }) => two(holdPct), meters: '00,01,02' },
    { title: t('casinoFloor.columns.par'), text: ({ theoreticalHoldPct }) => two(theoreticalHoldPct) },
    {
      title: t('casinoGuests.house.theoretical', { currency }),
      text: ({ theoreticalWinMinor }) => amount(theoreticalWinMinor),
      meters: '00',
    },
    {
      title: t('casinoFloor.columns.drop', { currency }),
      text: ({ dropMinor }) => amount(dropMinor),
      meters: '24',
    },
    {
      title: t('casinoGuests.house.cashOut', { currency }),
      text: ({ cashOutMinor }) => amount(cashOutMinor),
      meters: '04',
    },
    {
      title: t('casinoGuests.house.handpay', { currency }),
      text: ({ handpayMinor }) => amount(handpayMinor),
      meters: '02',
    },
    games,
    {
      title: t('casinoGuests.house.averageBet', { currency }),
      text: ({ avgBetMinor }) => (avgBetMinor === null ? NOT_KNOWN : amount(Math.round(Number(avgBetMinor)))),
      meters: '00,05',
    },
  ];
}
