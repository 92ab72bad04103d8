import type { Language } from '@vakhta/api';

const words = {
  en: {
    reset: {
      subject: 'A new password for the Vakhta desk',
      why: 'Somebody, most likely you, asked for a new password. Choose one here:',
      until: 'The link works once, for an hour.',
      otherwise: 'If it was not you, do nothing: your password stays as it is.',
    },
    invitation: {
      subject: (organisation: string) => `You are invited to ${organisation}`,
      why: (organisation: string) =>
        `You are invited to the Vakhta watch desk of ${organisation}. Join here:`,
      until: 'The link works once, for seven days.',
      otherwise: 'If you did not expect this, do nothing.',
    },
  },
  ru: {
    reset: {
      subject: 'Новый пароль для пульта «Вахта»',
      why: 'Кто-то, скорее всего вы, запросил новый пароль. Задайте его здесь:',
      until: 'Ссылка действует один раз, в течение часа.',
      otherwise: 'Если это были не вы, ничего не делайте: пароль останется прежним.',
    },
    invitation: {
      subject: (organisation: string) => `Вас приглашают в «${organisation}»`,
      why: (organisation: string) =>
        `Вас приглашают на пульт «Вахта» организации «${organisation}». Войдите здесь:`,
      until: 'Ссылка действует один раз, в течение семи дней.',
      otherwise: 'Если вы этого не ждали, ничего не делайте.',
    },
  },
} as const;

/** A line break in an organisation's name adds no line of its own. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface Composed {
  subject: string;
  text: string;
}

export function composeReset(language: Language, link: string): Composed {
  const { subject, why, until, otherwise } = words[language].reset;
  return { subject, text: `${why}\n\n${link}\n\n${until} ${otherwise}\n` };
}

export function composeInvitation(language: Language, organisation: string, link: string): Composed {
  const { subject, why, until, otherwise } = words[language].invitation;
  const name = oneLine(organisation);
  return { subject: subject(name), text: `${why(name)}\n\n${link}\n\n${until} ${otherwise}\n` };
}
