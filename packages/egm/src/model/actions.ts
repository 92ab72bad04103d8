import { seconds } from '@vakhta/kernel';
import type { DataSchema, ThingModelInput } from '@vakhta/things';

const fields = (properties: Record<string, DataSchema>): DataSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

const transferId: DataSchema = {
  type: 'string',
  title: { en: 'Transfer', ru: 'Перевод' },
  description: {
    en: 'Its number: 1 to 20 printable characters, never used before',
    ru: 'Его номер: от 1 до 20 печатных знаков, не использовавшийся прежде',
  },
  pattern: '^[\\x21-\\x7e]{1,20}$',
};
const amountCents: DataSchema = {
  type: 'integer',
  title: { en: 'Amount', ru: 'Сумма' },
  description: { en: 'In hundredths of the currency unit', ru: 'В сотых долях денежной единицы' },
  minimum: 1,
  maximum: 99_999_999_99,
};
const kind = (withRestricted: boolean): DataSchema => ({
  type: 'string',
  title: { en: 'Kind of credits', ru: 'Вид кредитов' },
  choices: [
    { const: 'cashable', title: { en: 'Cashable', ru: 'Обналичиваемые' } },
    ...(withRestricted ? [{ const: 'restricted', title: { en: 'Restricted', ru: 'Ограниченные' } }] : []),
    { const: 'nonrestricted', title: { en: 'Nonrestricted', ru: 'Бонусные' } },
  ],
});
const allowPartial: DataSchema = {
  type: 'boolean',
  title: { en: 'Less is welcome', ru: 'Можно меньше' },
  description: {
    en: 'The machine may take what fits when it is not all',
    ru: 'Автомат может принять сколько помещается, если не всё',
  },
};

/** A transfer is pending for a second or two; after a lost answer it takes a while to find out. */
const transferTimeout = seconds(30);

export const actions = {
  transferToMachine: {
    title: { en: 'Credit the machine', ru: 'Зачислить на автомат' },
    input: fields({ transfer: transferId, kind: kind(true), amountCents, allowPartial }),
    risk: 'money',
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The amount appears on the machine’s credit meter and can be played at once.',
      ru: 'Сумма появится на счётчике кредитов автомата, и её сразу можно будет играть.',
    },
    timeout: transferTimeout,
    icon: 'transfer-in',
  },
  transferToHost: {
    title: { en: 'Take credits off', ru: 'Снять кредиты' },
    input: fields({ transfer: transferId, kind: kind(false), amountCents, allowPartial }),
    risk: 'money',
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The amount leaves the machine’s credit meter; the desk owes it to the player.',
      ru: 'Сумма уйдёт со счётчика кредитов автомата; касса должна её игроку.',
    },
    timeout: transferTimeout,
    icon: 'transfer-out',
  },
  checkTransfer: {
    title: { en: 'Ask about a transfer', ru: 'Спросить о переводе' },
    description: {
      en: 'Asks the machine what became of it; moves nothing',
      ru: 'Спрашивает автомат, чем перевод закончился; ничего не переводит',
    },
    input: fields({ transfer: transferId }),
    risk: 'view',
    idempotent: true,
    timeout: transferTimeout,
    icon: 'help',
  },
  readHandpay: {
    title: { en: 'Read the handpay', ru: 'Прочитать ручную выплату' },
    risk: 'view',
    timeout: seconds(15),
    icon: 'eye-dollar',
  },
  resetHandpay: {
    title: { en: 'Reset the handpay', ru: 'Сбросить ручную выплату' },
    input: fields({
      payer: {
        type: 'string',
        title: { en: 'Who pays', ru: 'Кто платит' },
        choices: [
          { const: 'attendant', title: { en: 'The attendant, by hand', ru: 'Сотрудник, вручную' } },
          { const: 'creditMeter', title: { en: 'The machine, as credits', ru: 'Автомат, кредитами' } },
        ],
      },
    }),
    effect: { property: 'handpayPending', equals: false },
    risk: 'money',
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The machine counts the handpay as paid and can be played again. Do it after the money was handed over.',
      ru: 'Автомат сочтёт выплату произведённой, и на нём снова можно будет играть. Делайте это после выдачи денег.',
    },
    timeout: seconds(20),
    icon: 'lock-open',
  },
  enable: {
    title: { en: 'Allow play', ru: 'Разрешить игру' },
    effect: { property: 'enabled', equals: true },
    physical: true,
    confirm: 'ask',
    consequence: { en: 'The machine can be played.', ru: 'На автомате можно будет играть.' },
    idempotent: true,
    timeout: seconds(15),
    icon: 'player-play',
  },
  disable: {
    title: { en: 'Lock', ru: 'Заблокировать' },
    effect: { property: 'enabled', equals: false },
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The machine finishes its game and cannot be played until play is allowed again.',
      ru: 'Автомат доиграет текущую игру; играть нельзя, пока игру не разрешат снова.',
    },
    idempotent: true,
    timeout: seconds(15),
    icon: 'lock',
  },
  soundOn: {
    title: { en: 'Sound on', ru: 'Включить звук' },
    effect: { property: 'sound', equals: true },
    idempotent: true,
    timeout: seconds(15),
    icon: 'volume',
  },
  soundOff: {
    title: { en: 'Sound off', ru: 'Выключить звук' },
    effect: { property: 'sound', equals: false },
    idempotent: true,
    timeout: seconds(15),
    icon: 'volume-off',
  },
  setClock: {
    title: { en: 'Set the clock', ru: 'Поставить часы' },
    description: {
      en: 'To the hall’s time of this moment',
      ru: 'По времени зала на этот момент',
    },
    idempotent: true,
    timeout: seconds(15),
    icon: 'clock-edit',
  },
  readNow: {
    title: { en: 'Read now', ru: 'Снять показания' },
    description: { en: 'All meters, and who the machine is', ru: 'Все счётчики, и что это за автомат' },
    risk: 'view',
    idempotent: true,
    timeout: seconds(40),
    icon: 'refresh',
  },
  announceClear: {
    title: { en: 'Last reading before a clear', ru: 'Последние показания перед обнулением' },
    description: {
      en: 'Takes the closing reading before the machine’s memory is cleared',
      ru: 'Снимает закрывающие показания перед очисткой памяти автомата',
    },
    confirm: 'ask',
    consequence: {
      en: 'The closing reading is recorded. Clear the memory only after it succeeded.',
      ru: 'Закрывающие показания будут записаны. Очищайте память только после успешной записи.',
    },
    timeout: seconds(20),
    icon: 'eraser',
  },
} satisfies ThingModelInput['actions'];
