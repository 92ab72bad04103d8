import type { NotificationSettings } from '@vakhta/api';
import type { Item } from './outbox.ts';

const words = {
  en: {
    severity: { notice: 'Notice', warning: 'Warning', critical: 'Critical' },
    step: { opened: '', escalated: 'still nobody is on it', cleared: 'over' },
    many: (count: number) => `${count} messages about alerts`,
    since: 'since',
    over: 'over at',
    agent: 'agent',
    look: 'Look and acknowledge',
    why: 'You get this because of your notification settings, on the account page of the desk:',
  },
  ru: {
    severity: { notice: 'К сведению', warning: 'Внимание', critical: 'Авария' },
    step: { opened: '', escalated: 'никто до сих пор не принял', cleared: 'прошло' },
    many: (count: number) => `Сообщений о тревогах: ${count}`,
    since: 'с',
    over: 'прошло в',
    agent: 'агент',
    look: 'Посмотреть и принять',
    why: 'Письмо пришло по вашим настройкам уведомлений, на странице профиля:',
  },
} as const;

/** One line of a mail: a line break in a machine's name adds no line of its own. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A mail in plain text: what machines and people are called is text and nothing else. */
export function composeMail(
  items: readonly Item[],
  { language, timeZone }: Pick<NotificationSettings, 'language' | 'timeZone'>,
  desk: string,
): { subject: string; text: string } {
  const word = words[language];
  const time = new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const headline = ({ severity, step, title, subject }: Item) => {
    const where = [subject.kind === 'agent' ? `${word.agent} ${subject.name}` : subject.name, subject.site];
    const line = `${word.severity[severity]}: ${title[language]} — ${where.filter(Boolean).join(', ')}`;
    return oneLine(word.step[step] ? `${line} (${word.step[step]})` : line);
  };
  const body = (item: Item) =>
    [
      headline(item),
      item.step === 'cleared'
        ? `  ${word.over} ${time.format(Date.parse(item.at))}`
        : `  ${word.since} ${time.format(Date.parse(item.since))}`,
      ...(item.help && item.step !== 'cleared' ? [`  ${oneLine(item.help[language])}`] : []),
    ].join('\n');
  const [first] = items;
  return {
    subject: items.length === 1 && first ? headline(first) : word.many(items.length),
    text: [
      items.map(body).join('\n\n'),
      `${word.look}: ${desk}/alerts`,
      `-- \n${word.why} ${desk}/account`,
    ].join('\n\n'),
  };
}
