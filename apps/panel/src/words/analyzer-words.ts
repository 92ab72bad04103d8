import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { analyzer as en } from './en/analyzer.ts';
import { analyzer as ru } from './ru/analyzer.ts';
import type { Language } from './words.ts';

// This module comes with the Analyzer's own part of the program, so its words cost nothing elsewhere.
i18next.addResourceBundle('en', 'analyzer', en);
i18next.addResourceBundle('ru', 'analyzer', ru);

/** The Analyzer's words. Only below the frame, where `speak` has been awaited. */
export function useAnalyzerWords() {
  const { t, i18n } = useTranslation('analyzer');
  const language: Language = i18n.language === 'ru' ? 'ru' : 'en';
  return { t, language };
}
