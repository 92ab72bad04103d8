import { SegmentedControl } from '@mantine/core';
import { chooseLanguage, languages, useWords } from '../words/words.ts';

/** Which language the panel speaks on this device. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  return (
    <SegmentedControl
      aria-label={t('shell.language.label')}
      value={language}
      onChange={(chosen) => void chooseLanguage(chosen)}
      data={languages.map((value) => ({ value, label: t(`shell.language.${value}`) }))}
    />
  );
}
