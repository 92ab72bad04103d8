import { Select, TextInput } from '@mantine/core';
import { useWords } from '../../../words/words.ts';

export interface HallClock {
  timeZone: string;
  gameDayStart: string;
  currency: string;
}

interface HallFieldsProps {
  value: HallClock;
  onChange(value: HallClock): void;
  /** Whether money was counted already. */
  currencyFixed?: boolean;
}

/** Where the hall's clocks stand, when its game day begins, and its currency. */
export function HallFields({ value, onChange, currencyFixed = false }: HallFieldsProps) {
  const { t } = useWords();
  const set = (part: Partial<HallClock>) => onChange({ ...value, ...part });
  return (
    <>
      <Select
        label={t('casinoSetUp.hall.timeZone')}
        description={t('casinoSetUp.hall.timeZoneHelp')}
        data={Intl.supportedValuesOf('timeZone')}
        value={value.timeZone}
        onChange={(timeZone) => timeZone && set({ timeZone })}
        searchable
        allowDeselect={false}
        comboboxProps={{ withinPortal: true }}
      />
      <TextInput
        type="time"
        label={t('casinoSetUp.hall.gameDayStart')}
        description={t('casinoSetUp.hall.gameDayStartHelp')}
        value={value.gameDayStart}
        onChange={({ currentTarget: { value: gameDayStart } }) => gameDayStart && set({ gameDayStart })}
        required
      />
      <Select
        label={t('casinoSetUp.hall.currency')}
        description={t(currencyFixed ? 'casinoSetUp.hall.currencyFixed' : 'casinoSetUp.hall.currencyHelp')}
        data={Intl.supportedValuesOf('currency')}
        value={value.currency}
        onChange={(currency) => currency && set({ currency })}
        searchable
        allowDeselect={false}
        disabled={currencyFixed}
        comboboxProps={{ withinPortal: true }}
      />
    </>
  );
}
