import { SegmentedControl, TextInput } from '@mantine/core';
import { IconDeviceGamepad2, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CasinoMachine } from '@vakhta/api';
import { useState } from 'react';
import { thingsQuery } from '../../../app/directory.ts';
import { PageLoading } from '../../../app/page-loading.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHead } from '../../../ui/page-head.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { useHall } from '../hall.ts';
import css from './floor.module.css';
import { floorQuery } from './floor-query.ts';
import { FloorSummary } from './floor-summary.tsx';
import { FloorTable } from './floor-table.tsx';
import { MachineTile } from './machine-tile.tsx';

const views = ['map', 'list'] as const;
type View = (typeof views)[number];
const STORED = 'vakhta-floor-view';

/** The bank a machine stands in: what comes before the number of its place. */
const bankOf = ({ position }: CasinoMachine): string => position?.match(/^(.*?)[\s-]*\d+$/)?.[1] ?? '';

const isAsked = (machine: CasinoMachine, asked: string): boolean =>
  [machine.machine, machine.position, machine.serial, machine.player].some((text) =>
    text?.toLocaleLowerCase().includes(asked.toLocaleLowerCase()),
  );

/** Every machine of the hall as it stands, bank by bank. */
export function FloorPage() {
  const { t } = useWords();
  const textOf = useErrorText();
  const hall = useHall();
  useQuery(thingsQuery);
  const { data: machines, error } = useQuery(floorQuery(hall.id));
  const [view, setView] = useState<View>(() => (localStorage.getItem(STORED) === 'list' ? 'list' : 'map'));
  const [asked, setAsked] = useState('');
  const shown = machines?.filter((machine) => isAsked(machine, asked.trim()));
  const choose = (value: string) => {
    localStorage.setItem(STORED, value);
    setView(value === 'list' ? 'list' : 'map');
  };
  return (
    <>
      <PageHead title={t('casinoFloor.title', { hall: hall.name })}>
        <TextInput
          aria-label={t('casinoFloor.search')}
          placeholder={t('casinoFloor.search')}
          leftSection={<IconSearch size={16} />}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('casinoFloor.view')}
          value={view}
          onChange={choose}
          data={views.map((value) => ({ value, label: t(`casinoFloor.views.${value}`) }))}
        />
      </PageHead>
      {error && !machines && <EmptyState title={t('shell.failedToLoad')} text={textOf(error)} />}
      {!machines && !error && <PageLoading />}
      {machines?.length === 0 && (
        <EmptyState
          icon={<IconDeviceGamepad2 size={28} />}
          title={t('casinoFloor.none')}
          text={t('casinoFloor.noneText')}
        />
      )}
      {machines && machines.length > 0 && <FloorSummary machines={machines} />}
      {shown?.length === 0 && asked && <p className={css.quiet}>{t('casinoFloor.noneFound')}</p>}
      {shown && shown.length > 0 && view === 'list' && <FloorTable machines={shown} />}
      {shown &&
        view === 'map' &&
        [...Map.groupBy(shown, bankOf)]
          .sort(([one], [other]) => one.localeCompare(other))
          .map(([bank, of]) => (
            <section key={bank} className={css.bank} aria-label={t('casinoFloor.bank', { bank })}>
              {bank && <h2>{t('casinoFloor.bank', { bank })}</h2>}
              <ul className={css.tiles}>
                {of.map((machine) => (
                  <li key={machine.machine}>
                    <MachineTile machine={machine} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
    </>
  );
}
