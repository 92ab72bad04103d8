import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Thing } from '@vakhta/api';
import { useState } from 'react';
import { sitesQuery, thingsQuery } from '../../../app/directory.ts';
import { useThing } from '../../../live/use-live.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { FigureTable } from '../figure-table.tsx';
import { floorQuery } from '../floor/floor-query.ts';
import { useHall } from '../hall.ts';
import { NOT_KNOWN, useMoney } from '../money.ts';
import { PlaceMachineDialog } from './place-machine-dialog.tsx';
import css from './set-up.module.css';
import { toldBy } from './told-by.ts';

const MODEL = 'egm';

/** Machines on the floor, and those that are connected but stand on no floor yet. */
export function MachinesSection() {
  const { t, language } = useWords();
  const { id: hall } = useHall();
  const { amount, currency } = useMoney();
  const percent = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 5 });
  useQuery(sitesQuery);
  const machines = useQuery(floorQuery(hall)).data ?? [];
  const placed = new Set(machines.map(({ thing }) => thing));
  const unplaced = (useQuery(thingsQuery).data ?? []).filter(
    ({ id, model, site }) => model === MODEL && site === hall && !placed.has(id),
  );
  const [placing, setPlacing] = useState<Thing>();
  return (
    <PanelSection title={t('casinoSetUp.machines.title')} text={t('casinoSetUp.machines.text')}>
      {unplaced.length > 0 && (
        <ul className={css.unplaced}>
          {unplaced.map((thing) => (
            <Unplaced key={thing.id} thing={thing} onPlace={setPlacing} />
          ))}
        </ul>
      )}
      {machines.length > 0 && (
        <div className={css.long}>
          <FigureTable
            label={t('casinoSetUp.machines.title')}
            words={[
              t('casinoFloor.columns.machine'),
              t('casinoFloor.columns.place'),
              t('casinoSetUp.machines.serial'),
            ]}
            figures={[t('casinoSetUp.machines.denomination', { currency }), t('casinoFloor.columns.par')]}
          >
            {machines.map((machine) => (
              <tr key={machine.machine}>
                <th scope="row">
                  <Link to="/casino/$hall/machines/$machine" params={{ hall, machine: machine.machine }}>
                    {machine.machine}
                  </Link>
                </th>
                <td>{machine.position ?? NOT_KNOWN}</td>
                <td>{machine.serial}</td>
                <td>{amount(machine.denominationMinor)}</td>
                <td>
                  {machine.parHoldPct === null ? NOT_KNOWN : percent.format(Number(machine.parHoldPct))}
                </td>
              </tr>
            ))}
          </FigureTable>
        </div>
      )}
      {placing && <PlaceMachineDialog thing={placing} onClose={() => setPlacing(undefined)} />}
    </PanelSection>
  );
}

interface UnplacedProps {
  thing: Thing;
  onPlace(thing: Thing): void;
}

/** A connected machine without a floor; what it told so far goes into the form. */
function Unplaced({ thing, onPlace }: UnplacedProps) {
  const { t } = useWords();
  const live = useThing(thing.id) ?? thing;
  const hasTold = toldBy(live).serial !== undefined;
  return (
    <li>
      <span>
        <b>{thing.name}</b> {t(hasTold ? 'casinoSetUp.machines.unplaced' : 'casinoSetUp.machines.unread')}
      </span>
      <Button size="compact-sm" leftSection={<IconPlus size={17} />} onClick={() => onPlace(live)}>
        {t('casinoSetUp.machines.place')}
      </Button>
    </li>
  );
}
