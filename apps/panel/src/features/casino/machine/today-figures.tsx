import type { CasinoMachine } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import css from './machine.module.css';

/** What the machine did in the current game day. */
export function TodayFigures({ machine: { today, parHoldPct } }: { machine: CasinoMachine }) {
  const { t, language } = useWords();
  const { amount, currency } = useMoney();
  const percent = (text: string | null) =>
    text === null
      ? NOT_KNOWN
      : `${new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(Number(text))} %`;
  const figures = [
    [t('casinoFloor.columns.coinIn', { currency }), amount(today.coinInMinor)],
    [t('casinoFloor.columns.won', { currency }), amount(today.totalWonMinor)],
    [t('casinoFloor.columns.win', { currency }), amount(today.winMinor)],
    [t('casinoFloor.machine.hold'), percent(today.holdPct)],
    [t('casinoFloor.machine.par'), percent(parHoldPct)],
    [t('casinoFloor.columns.drop', { currency }), amount(today.dropMinor)],
    [t('casinoFloor.columns.games'), new Intl.NumberFormat(language).format(today.games)],
  ];
  return (
    <dl className={css.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
