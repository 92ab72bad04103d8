import { Link } from '@tanstack/react-router';
import type { CasinoMachine } from '@vakhta/api';
import { Age } from '../../../ui/age.tsx';
import { useWords } from '../../../words/words.ts';
import { FigureTable } from '../figure-table.tsx';
import { useHallId } from '../hall.ts';
import { useLiveMachine } from '../machine-state.ts';
import { MachineStateLamp } from '../machine-state-lamp.tsx';
import { useMinutesSince } from '../minutes.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import css from './floor.module.css';

/** The same machines as lines: for reading figures down a column. */
export function FloorTable({ machines }: { machines: readonly CasinoMachine[] }) {
  const { t } = useWords();
  const { currency } = useMoney();
  const of = (name: FloorColumn) => t(`casinoFloor.columns.${name}`, { currency });
  return (
    <FigureTable
      label={t('casinoFloor.list')}
      words={[of('machine'), of('place'), of('state'), of('guest')]}
      figures={[
        of('credits'),
        of('coinIn'),
        of('won'),
        of('win'),
        of('hold'),
        of('par'),
        of('drop'),
        of('games'),
        of('lastGame'),
      ]}
    >
      {machines.map((machine) => (
        <FloorLine key={machine.machine} machine={machine} />
      ))}
    </FigureTable>
  );
}

type FloorColumn =
  | 'machine'
  | 'place'
  | 'state'
  | 'guest'
  | 'credits'
  | 'coinIn'
  | 'won'
  | 'win'
  | 'hold'
  | 'par'
  | 'drop'
  | 'games'
  | 'lastGame';

function FloorLine({ machine }: { machine: CasinoMachine }) {
  const { t, language } = useWords();
  const { amount } = useMoney();
  const { state, credits } = useLiveMachine(machine);
  const minutes = useMinutesSince(machine.playingSince);
  const { today } = machine;
  return (
    <tr data-state={state}>
      <th scope="row">
        <Link
          to="/casino/$hall/machines/$machine"
          params={{ hall: useHallId(), machine: machine.machine }}
          className={css.name}
        >
          {machine.machine}
        </Link>
      </th>
      <td>{machine.position ?? NOT_KNOWN}</td>
      <td>
        <MachineStateLamp state={state} />
      </td>
      <td>
        {machine.player === null
          ? NOT_KNOWN
          : `${machine.player} · ${t('casinoFloor.minutes', { count: minutes ?? 0 })}`}
      </td>
      <td>{amount(credits === null ? null : credits * machine.denominationMinor)}</td>
      <td>{amount(today.coinInMinor)}</td>
      <td>{amount(today.totalWonMinor)}</td>
      <td data-negative={today.winMinor < 0 || undefined}>{amount(today.winMinor)}</td>
      <td>{percentText(today.holdPct, language)}</td>
      <td>{percentText(machine.parHoldPct, language)}</td>
      <td>{amount(today.dropMinor)}</td>
      <td>{new Intl.NumberFormat(language).format(today.games)}</td>
      <td>{machine.lastGameAt === null ? NOT_KNOWN : <Age at={machine.lastGameAt} />}</td>
    </tr>
  );
}

const percentText = (text: string | null, language: string): string =>
  text === null
    ? NOT_KNOWN
    : new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
        Number(text),
      );
