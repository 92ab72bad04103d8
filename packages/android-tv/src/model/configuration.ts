import type { DataSchema } from '@vakhta/things';

/** How the TV's mains relay is driven. */
export const relayKinds = ['none', 'gpioset', 'http', 'simulated'] as const;
/** Where the state of the cable to the TV is read. */
export const cableKinds = ['none', 'sysfs', 'http'] as const;
/** What an HTTP relay understands. */
export const relayDialects = ['vakhta', 'shelly', 'tasmota'] as const;

const relay: DataSchema = {
  type: 'object',
  title: { en: 'Mains relay', ru: 'Реле питания' },
  description: {
    en: 'Cuts the mains of the TV. Wire it normally closed, so that a released relay leaves the TV powered.',
    ru: 'Отключает телевизор от сети. Подключайте через нормально замкнутый контакт: отпущенное реле оставляет питание.',
  },
  default: {},
  properties: {
    kind: {
      type: 'string',
      title: { en: 'Kind', ru: 'Вид' },
      default: 'none',
      choices: [
        { const: 'none', title: { en: 'No relay', ru: 'Реле нет' } },
        { const: 'gpioset', title: { en: 'GPIO line (gpioset)', ru: 'Линия GPIO (gpioset)' } },
        { const: 'http', title: { en: 'Network relay (HTTP)', ru: 'Сетевое реле (HTTP)' } },
        { const: 'simulated', title: { en: 'Simulated', ru: 'Имитация' } },
      ],
    },
    chip: {
      type: 'string',
      title: { en: 'GPIO chip', ru: 'Контроллер GPIO' },
      description: { en: 'For example gpiochip0', ru: 'Например, gpiochip0' },
      pattern: '^[A-Za-z0-9_./-]+$',
      maxLength: 64,
    },
    line: { type: 'integer', title: { en: 'GPIO line', ru: 'Линия GPIO' }, minimum: 0, maximum: 1023 },
    energisedIsOff: {
      type: 'boolean',
      title: { en: 'Normally closed', ru: 'Нормально замкнутое' },
      description: {
        en: 'The TV is powered while the relay is released',
        ru: 'Телевизор питается, пока реле отпущено',
      },
      default: true,
    },
    url: {
      type: 'string',
      title: { en: 'Relay address', ru: 'Адрес реле' },
      pattern: '^https?://\\S+$',
      maxLength: 500,
    },
    dialect: {
      type: 'string',
      title: { en: 'Relay make', ru: 'Тип реле' },
      default: 'vakhta',
      choices: [
        { const: 'vakhta', title: { en: 'JSON: {"on": true}', ru: 'JSON: {"on": true}' } },
        { const: 'shelly', title: { en: 'Shelly (Gen2 and later)', ru: 'Shelly (Gen2 и новее)' } },
        { const: 'tasmota', title: { en: 'Tasmota', ru: 'Tasmota' } },
      ],
    },
    offSeconds: {
      type: 'integer',
      title: { en: 'Pause of a mains restart', ru: 'Пауза при перезапуске питания' },
      description: {
        en: 'How long the mains stay off; capacitors need about 10 s',
        ru: 'На сколько снимается питание; конденсаторам нужно около 10 с',
      },
      unit: 's',
      minimum: 1,
      maximum: 600,
      default: 10,
    },
  },
};

const cable: DataSchema = {
  type: 'object',
  title: { en: 'Network cable', ru: 'Сетевой кабель' },
  description: {
    en: 'Where the link between this computer and the TV is read',
    ru: 'Где видна связь между этим компьютером и телевизором',
  },
  default: {},
  properties: {
    kind: {
      type: 'string',
      title: { en: 'Kind', ru: 'Вид' },
      default: 'none',
      choices: [
        { const: 'none', title: { en: 'Not watched', ru: 'Не отслеживается' } },
        { const: 'sysfs', title: { en: 'Network interface', ru: 'Сетевой интерфейс' } },
        { const: 'http', title: { en: 'Asked over HTTP', ru: 'Опрос по HTTP' } },
      ],
    },
    interface: {
      type: 'string',
      title: { en: 'Interface', ru: 'Интерфейс' },
      description: { en: 'For example eth0', ru: 'Например, eth0' },
      pattern: '^[A-Za-z0-9_.-]{1,15}$',
    },
    url: {
      type: 'string',
      title: { en: 'Address', ru: 'Адрес' },
      pattern: '^https?://\\S+$',
      maxLength: 500,
    },
  },
};

/** What must be known to reach a TV. */
export const configuration: DataSchema = {
  type: 'object',
  required: ['address'],
  properties: {
    address: {
      type: 'string',
      title: { en: 'Address', ru: 'Адрес' },
      description: {
        en: 'IP address or host name of the TV; network debugging must be on',
        ru: 'IP-адрес или имя телевизора; на нём должна быть включена отладка по сети',
      },
      pattern: '^[A-Za-z0-9_.:%-]+$',
      minLength: 1,
      maxLength: 253,
    },
    port: {
      type: 'integer',
      title: { en: 'Port', ru: 'Порт' },
      minimum: 1,
      maximum: 65535,
      default: 5555,
    },
    relay,
    cable,
  },
};
