import type { PropertyAffordance, ThingModelInput } from '@vakhta/things';

type Property = NonNullable<ThingModelInput['properties']>[string];
type Text = Property['title'];

/** Read with each heartbeat, a minute apart. */
const slow = 150_000;

const credits = (title: Text, icon: string): Property => ({
  title,
  icon,
  schema: { type: 'integer', minimum: 0 },
  staleAfter: slow,
});
const text = (title: Text, section: PropertyAffordance['section']): Property => ({
  title,
  section,
  schema: { type: 'string', maxLength: 64 },
  staleAfter: slow,
});
const flag = (title: Text, icon: string): Property => ({ title, icon, schema: { type: 'boolean' } });

export const properties = {
  link: {
    title: { en: 'SAS link', ru: 'Связь SAS' },
    icon: 'plug-connected',
    schema: {
      type: 'string',
      choices: [
        { const: 'up', title: { en: 'Up', ru: 'Есть' }, tone: 'good' },
        { const: 'down', title: { en: 'Down', ru: 'Нет' }, tone: 'bad' },
        { const: 'connecting', title: { en: 'Connecting', ru: 'Подключение' }, tone: 'neutral' },
      ],
    },
  },
  playerState: {
    title: { en: 'State', ru: 'Состояние' },
    description: {
      en: 'What somebody in front of the machine would see',
      ru: 'Что видит человек перед автоматом',
    },
    icon: 'device-gamepad',
    schema: {
      type: 'string',
      choices: [
        { const: 'playing', title: { en: 'In play', ru: 'Играют' }, tone: 'good' },
        {
          const: 'credits',
          title: { en: 'Credits, no play', ru: 'Есть кредиты, не играют' },
          tone: 'neutral',
        },
        { const: 'idle', title: { en: 'Free', ru: 'Свободен' }, tone: 'neutral' },
        { const: 'handpay', title: { en: 'Handpay', ru: 'Ручная выплата' }, tone: 'attention' },
        { const: 'doorOpen', title: { en: 'Door open', ru: 'Открыта дверь' }, tone: 'attention' },
        { const: 'tilt', title: { en: 'Tilt', ru: 'Неисправность' }, tone: 'bad' },
        {
          const: 'disabled',
          title: { en: 'Locked by the desk', ru: 'Заблокирован с пульта' },
          tone: 'attention',
        },
        { const: 'noPower', title: { en: 'No power', ru: 'Нет питания' }, tone: 'bad' },
      ],
    },
  },
  credits: {
    title: { en: 'Credits', ru: 'Кредиты' },
    description: { en: 'On the machine now', ru: 'Сейчас на автомате' },
    icon: 'coin',
    schema: { type: 'integer', minimum: 0 },
  },
  coinIn: credits({ en: 'Coin-in', ru: 'Ставки' }, 'arrow-down-circle'),
  coinOut: credits({ en: 'Coin-out', ru: 'Выигрыши автомата' }, 'arrow-up-circle'),
  jackpot: credits({ en: 'Jackpots', ru: 'Джекпоты' }, 'crown'),
  handPaidCancelled: credits({ en: 'Hand-paid cancelled credits', ru: 'Снято вручную' }, 'hand-stop'),
  cancelled: credits({ en: 'Cancelled credits', ru: 'Снятые кредиты' }, 'receipt'),
  drop: credits({ en: 'Drop', ru: 'Дроп' }, 'archive'),
  billsIn: credits({ en: 'Bills in', ru: 'Принято купюр' }, 'cash'),
  electronicIn: credits({ en: 'Electronic in', ru: 'Зачислено безналично' }, 'transfer-in'),
  electronicOut: credits({ en: 'Electronic out', ru: 'Списано безналично' }, 'transfer-out'),
  games: credits({ en: 'Games played', ru: 'Сыграно игр' }, 'dice'),
  gamesWon: credits({ en: 'Games won', ru: 'Выигранные игры' }, 'trophy'),
  gamesLost: credits({ en: 'Games lost', ru: 'Проигранные игры' }, 'mood-sad'),
  enabled: flag({ en: 'Play allowed', ru: 'Игра разрешена' }, 'lock-open'),
  sound: flag({ en: 'Sound', ru: 'Звук' }, 'volume'),
  doorOpen: flag({ en: 'Door open', ru: 'Дверь открыта' }, 'door'),
  handpayPending: flag({ en: 'Handpay pending', ru: 'Ждёт ручной выплаты' }, 'hand-stop'),
  handpayCents: {
    title: { en: 'Handpay amount', ru: 'Сумма ручной выплаты' },
    description: { en: 'In hundredths of the currency unit', ru: 'В сотых долях денежной единицы' },
    icon: 'cash-banknote',
    schema: { type: 'integer', minimum: 0 },
  },
  transfer: {
    title: { en: 'Transfer', ru: 'Перевод' },
    icon: 'transfer',
    schema: {
      type: 'string',
      choices: [
        { const: 'none', title: { en: 'None', ru: 'Нет' }, tone: 'neutral' },
        { const: 'underWay', title: { en: 'Under way', ru: 'Выполняется' }, tone: 'neutral' },
        { const: 'unknown', title: { en: 'Outcome unknown', ru: 'Исход неизвестен' }, tone: 'attention' },
      ],
    },
  },
  creditValue: {
    ...text({ en: 'Denomination', ru: 'Номинал' }, 'identity'),
    description: { en: 'What a credit is worth', ru: 'Сколько стоит кредит' },
    icon: 'coins',
  },
  serial: text({ en: 'Serial number', ru: 'Серийный номер' }, 'identity'),
  romSignature: text({ en: 'Program signature', ru: 'Подпись программы' }, 'identity'),
  gameId: text({ en: 'Manufacturer code', ru: 'Код производителя' }, 'identity'),
  paytable: text({ en: 'Paytable', ru: 'Таблица выплат' }, 'identity'),
  payback: text({ en: 'Theoretical payback, %', ru: 'Теоретический возврат, %' }, 'identity'),
  sasVersion: text({ en: 'SAS version', ru: 'Версия SAS' }, 'identity'),
  assetNumber: {
    title: { en: 'Asset number', ru: 'Инвентарный номер' },
    section: 'identity',
    schema: { type: 'integer', minimum: 0 },
    staleAfter: slow,
  },
  lineErrors: {
    title: { en: 'Damaged answers', ru: 'Искажённые ответы' },
    description: {
      en: 'Since the agent opened the line, in a thousand polls',
      ru: 'С открытия линии агентом, на тысячу опросов',
    },
    section: 'health',
    icon: 'activity',
    schema: { type: 'number', minimum: 0, unit: '‰' },
    staleAfter: slow,
  },
  clockDrift: {
    title: { en: 'Machine’s clock', ru: 'Часы автомата' },
    description: {
      en: 'By how much it is ahead of the hall’s time',
      ru: 'Насколько спешат относительно времени зала',
    },
    section: 'health',
    icon: 'clock',
    schema: { type: 'integer', unit: 's' },
    staleAfter: slow,
  },
} satisfies ThingModelInput['properties'];
