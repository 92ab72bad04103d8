import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useWords } from '../words/words.ts';

const schemes: readonly MantineColorScheme[] = ['dark', 'light', 'auto'];

/** Dark, light, or as the system says, on this device. */
export function ThemeSwitch() {
  const { t } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t('shell.theme.label')}
      value={colorScheme}
      onChange={setColorScheme}
      data={schemes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
    />
  );
}
