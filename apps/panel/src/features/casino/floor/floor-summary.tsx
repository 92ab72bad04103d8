import type { CasinoMachine } from '@vakhta/api';
import { useWords } from '../../../words/words.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import css from './floor.module.css';

const sum = (machines: readonly CasinoMachine[], of: (machine: CasinoMachine) => number): number =>
  machines.reduce((total, machine) => total + of(machine), 0);

/** The hall's game day so far, in one line. */
export function FloorSummary({ machines }: { machines: readonly CasinoMachine[] }) {
  const { t, language } = useWords();
  const { amount, currency } = useMoney();
  const coinIn = sum(machines, ({ today }) => today.coinInMinor);
  const win = sum(machines, ({ today }) => today.winMinor);
  const percent = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const figures = [
    ['live', `${machines.filter(({ link }) => link === 'online').length} / ${machines.length}`],
    ['guests', String(machines.filter(({ player }) => player !== null).length)],
    ['handpays', String(machines.filter(({ handpay }) => handpay !== null).length)],
    ['coinIn', amount(coinIn)],
    ['win', amount(win)],
    ['hold', coinIn === 0 ? NOT_KNOWN : `${percent.format((win / coinIn) * 100)} %`],
    ['drop', amount(sum(machines, ({ today }) => today.dropMinor))],
    ['games', new Intl.NumberFormat(language).format(sum(machines, ({ today }) => today.games))],
  ] as const;
  return (
    <dl className={css.summary} aria-label={t('casinoFloor.summary.label')}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`casinoFloor.summary.${name}`, { currency })}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
