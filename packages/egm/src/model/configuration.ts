import type { DataSchema } from '@vakhta/things';

/** What must be known to reach a machine. */
export const configuration: DataSchema = {
  type: 'object',
  required: ['line'],
  properties: {
    line: {
      type: 'string',
      title: { en: 'Line', ru: 'Линия' },
      description: {
        en: 'A serial port (/dev/serial/by-id/…), bridge:/dev/…, or tcp://host:port',
        ru: 'Последовательный порт (/dev/serial/by-id/…), bridge:/dev/… или tcp://узел:порт',
      },
      minLength: 1,
      maxLength: 300,
    },
    address: {
      type: 'integer',
      title: { en: 'SAS address', ru: 'Адрес SAS' },
      minimum: 1,
      maximum: 127,
      default: 1,
    },
    pollMs: {
      type: 'integer',
      title: { en: 'Time between polls', ru: 'Интервал опроса' },
      description: {
        en: '200 ms suits every machine; 40 ms only those that allow it',
        ru: '200 мс подходит всем автоматам; 40 мс — только тем, которые это разрешают',
      },
      unit: 'ms',
      minimum: 40,
      maximum: 5000,
      default: 200,
    },
    syncBeforePoll: {
      type: 'boolean',
      title: { en: 'Sync before every poll', ru: 'Синхронизация перед каждым опросом' },
      description: {
        en: 'Only for machines that answer no other way: a crash of the agent may then cost an event',
        ru: 'Только для автоматов, которые иначе не отвечают: при сбое агента может потеряться событие',
      },
      default: false,
    },
    liveMs: {
      type: 'integer',
      title: { en: 'Time between looks at the main meters', ru: 'Интервал просмотра главных счётчиков' },
      unit: 'ms',
      minimum: 200,
      maximum: 60_000,
      default: 600,
    },
    readingSeconds: {
      type: 'integer',
      title: { en: 'Shortest time between readings', ru: 'Наименьший интервал между показаниями' },
      description: {
        en: 'While somebody plays, the meters are recorded this often',
        ru: 'Пока идёт игра, счётчики записываются с этим интервалом',
      },
      unit: 's',
      minimum: 1,
      maximum: 600,
      default: 5,
    },
    timeZone: {
      type: 'string',
      title: { en: 'Time zone', ru: 'Часовой пояс' },
      description: { en: 'For example Europe/Minsk', ru: 'Например, Europe/Minsk' },
      maxLength: 64,
      default: 'UTC',
    },
    gameDayStart: {
      type: 'string',
      title: { en: 'Start of the game day', ru: 'Начало игрового дня' },
      description: { en: 'A reading is taken at this time', ru: 'В это время снимаются показания' },
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
      default: '06:00',
    },
    setsClock: {
      type: 'boolean',
      title: { en: 'Set the machine’s clock', ru: 'Ставить часы автомата' },
      description: {
        en: 'Whenever it comes back, and when the game day starts',
        ru: 'При каждом возвращении связи и в начале игрового дня',
      },
      default: true,
    },
    recordsGames: {
      type: 'boolean',
      title: { en: 'Record every game', ru: 'Записывать каждую игру' },
      description: {
        en: 'Start and end of each game as events; the meters count them either way',
        ru: 'Начало и конец каждой игры как события; счётчики считают их в любом случае',
      },
      default: true,
    },
    romSeed: {
      type: 'string',
      title: { en: 'Seed of the program signature', ru: 'Ключ подписи программы' },
      description: {
        en: 'Four hex digits; empty: the signature is not asked for',
        ru: 'Четыре шестнадцатеричные цифры; пусто — подпись не запрашивается',
      },
      pattern: '^([0-9A-Fa-f]{4})?$',
      default: '0000',
    },
  },
};
