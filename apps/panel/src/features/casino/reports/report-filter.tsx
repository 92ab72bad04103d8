import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../../words/words.ts';
import { floorQuery } from '../floor/floor-query.ts';
import { useHall } from '../hall.ts';
import { dayPlus, type ReportSearch } from './report-search.ts';
import css from './reports.module.css';

interface ReportFilterProps {
  search: ReportSearch;
  onSearch(search: ReportSearch): void;
}

/** The days and the machine that a report is about. */
export function ReportFilter({ search, onSearch }: ReportFilterProps) {
  const { t } = useWords();
  const { id, gameDay } = useHall();
  const machines = useQuery(floorQuery(id)).data ?? [];
  const first = search.first ?? gameDay;
  const last = search.last ?? first;
  const { from: _, to: __, ...lasting } = search;
  const days = (...of: [string, string]) => {
    const [earlier, later] = of.sort();
    onSearch({ ...lasting, first: earlier, last: later });
  };
  const yesterday = dayPlus(gameDay, -1);
  const spans = [
    ['today', gameDay, gameDay],
    ['yesterday', yesterday, yesterday],
    ['week', dayPlus(gameDay, -6), gameDay],
    ['month', `${gameDay.slice(0, 8)}01`, gameDay],
  ] as const;
  return (
    <div className={css.filter}>
      <TextInput
        type="date"
        label={t('casinoReports.first')}
        value={first}
        max={gameDay}
        onChange={({ currentTarget: { value } }) => value && days(value, last)}
      />
      <TextInput
        type="date"
        label={t('casinoReports.last')}
        value={last}
        min={first}
        onChange={({ currentTarget: { value } }) => value && days(first, value)}
      />
      <Select
        label={t('casinoReports.machine')}
        placeholder={t('casinoReports.everyMachine')}
        data={machines.map(({ machine }) => machine)}
        value={search.machine ?? null}
        onChange={(machine) => {
          const { machine: ___, ...rest } = lasting;
          onSearch(machine === null ? rest : { ...rest, machine });
        }}
        searchable
        clearable
      />
      <div className={css.spans}>
        {spans.map(([name, one, other]) => (
          <Button
            key={name}
            size="compact-sm"
            variant={first === one && last === other ? 'light' : 'default'}
            onClick={() => days(one, other)}
          >
            {t(`casinoReports.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
