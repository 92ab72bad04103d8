import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { analyzer } from './en/analyzer.ts';
import type { en } from './en/index.ts';

export type Language = 'en' | 'ru';
export const languages: readonly Language[] = ['ru', 'en'];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'panel';
    resources: { panel: typeof en; analyzer: typeof analyzer };
    returnNull: false;
  }
}

const load: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./en/index.ts')).en,
  ru: async () => (await import('./ru/index.ts')).ru,
};

const STORED = 'vakhta-language';

/** Chosen before on this device, else the browser's; Russian wherever the browser speaks neither but asks for it. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'ru') return stored;
  return navigator.languages.some((tag) => tag.startsWith('ru')) ? 'ru' : 'en';
}

/** Loads one language's words and makes them the panel's. Only the language in use is ever fetched. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.isInitialized)
    await i18next.use(initReactI18next).init({
      lng: language,
      defaultNS: 'panel',
      resources: { [language]: { panel: await load[language]() } },
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  else if (!i18next.hasResourceBundle(language, 'panel'))
    i18next.addResourceBundle(language, 'panel', await load[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Speaks a language from now on, on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language);
}

/** The panel's words: `t` for ours (unknown keys do not compile), `say` for a Thing Model's, and the language they are in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'ru' ? 'ru' : 'en';
  return {
    t,
    language,
    say: (text: Readonly<Record<Language, string>>) => text[language],
    /** Whether there are words for what comes from outside, like the code of an error. */
    has: (key: string) => i18n.exists(key),
  };
}
