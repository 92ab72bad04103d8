import type { ThingModelInput } from '@vakhta/things';

/** Values read every second grow old soon; those of the full poll have missed three of them by then. */
const fullPollStale = 100_000;

export const properties = {
  connection: {
    title: { en: 'Connection', ru: 'Связь' },
    description: { en: 'Whether the TV answers us', ru: 'Отвечает ли нам телевизор' },
    icon: 'plug-connected',
    schema: {
      type: 'string',
      choices: [
        { const: 'connected', title: { en: 'Connected', ru: 'На связи' }, tone: 'good' },
        { const: 'connecting', title: { en: 'Connecting', ru: 'Подключение' }, tone: 'neutral' },
        {
          const: 'awaitingAuthorisation',
          title: { en: 'Accept on the screen', ru: 'Подтвердите на экране' },
          tone: 'attention',
        },
        { const: 'unauthorised', title: { en: 'Not authorised', ru: 'Доступ не разрешён' }, tone: 'bad' },
        { const: 'unreachable', title: { en: 'Unreachable', ru: 'Недоступен' }, tone: 'bad' },
      ],
    },
  },
  power: {
    title: { en: 'Power', ru: 'Экран' },
    description: {
      en: 'What the TV itself says: awake, asleep, or showing its screensaver',
      ru: 'Что сообщает сам телевизор: включён, спит или показывает заставку',
    },
    icon: 'power',
    schema: {
      type: 'string',
      choices: [
        { const: 'awake', title: { en: 'On', ru: 'Включён' }, tone: 'good' },
        { const: 'dreaming', title: { en: 'Screensaver', ru: 'Заставка' }, tone: 'attention' },
        { const: 'dozing', title: { en: 'Dozing', ru: 'Дремлет' }, tone: 'neutral' },
        { const: 'asleep', title: { en: 'Standby', ru: 'Дежурный режим' }, tone: 'neutral' },
      ],
    },
  },
  mains: {
    title: { en: 'Mains', ru: 'Сеть 220 В' },
    description: { en: 'The state of the relay', ru: 'Состояние реле' },
    icon: 'bolt',
    schema: {
      type: 'string',
      choices: [
        { const: 'on', title: { en: 'On', ru: 'Подано' }, tone: 'good' },
        { const: 'off', title: { en: 'Cut', ru: 'Снято' }, tone: 'attention' },
        { const: 'none', title: { en: 'No relay', ru: 'Реле нет' }, tone: 'neutral' },
      ],
    },
  },
  cable: {
    title: { en: 'Cable', ru: 'Кабель' },
    description: {
      en: 'The Ethernet link to the TV. A TV without mains or in deep standby has none, and that is no fault.',
      ru: 'Кабельная связь с телевизором. Без питания и в глубоком сне её нет, и это не неисправность.',
    },
    icon: 'network',
    schema: {
      type: 'string',
      choices: [
        { const: 'link', title: { en: 'Link', ru: 'Есть связь' }, tone: 'good' },
        {
          const: 'noLinkExpected',
          title: { en: 'No link, as expected', ru: 'Связи нет, так и должно быть' },
          tone: 'neutral',
        },
        {
          const: 'noLinkFault',
          title: { en: 'No link: fault', ru: 'Нет связи: неисправность' },
          tone: 'bad',
        },
      ],
    },
  },
  screenOn: {
    title: { en: 'Screen lit', ru: 'Экран горит' },
    schema: { type: 'boolean' },
    icon: 'device-tv',
  },
  volume: {
    title: { en: 'Volume', ru: 'Громкость' },
    description: { en: "In the TV's own steps", ru: 'В делениях самого телевизора' },
    icon: 'volume',
    schema: { type: 'integer', minimum: 0 },
  },
  volumeMax: {
    title: { en: 'Loudest', ru: 'Наибольшая громкость' },
    schema: { type: 'integer', minimum: 0 },
    section: 'identity',
  },
  muted: { title: { en: 'Muted', ru: 'Без звука' }, schema: { type: 'boolean' }, icon: 'volume-3' },
  audioDevice: {
    title: { en: 'Sound output', ru: 'Выход звука' },
    schema: { type: 'string' },
    staleAfter: fullPollStale,
  },
  source: {
    title: { en: 'Source', ru: 'Источник' },
    description: { en: 'What is really on the screen', ru: 'Что на экране на самом деле' },
    asked: 'sourceAsked',
    icon: 'device-tv-old',
    schema: { type: 'string', optionsFrom: 'inputs' },
  },
  sourceAsked: {
    title: { en: 'Source asked for', ru: 'Запрошенный источник' },
    schema: { type: 'string', optionsFrom: 'inputs' },
  },
  inputs: {
    title: { en: 'Inputs', ru: 'Входы' },
    staleAfter: fullPollStale,
    schema: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          value: { type: 'string', title: { en: 'Source', ru: 'Источник' } },
          label: { type: 'string', title: { en: 'Name', ru: 'Название' } },
          state: {
            type: 'string',
            title: { en: 'State', ru: 'Состояние' },
            choices: [
              { const: 'connected', title: { en: 'Signal', ru: 'Есть сигнал' }, tone: 'good' },
              { const: 'standby', title: { en: 'Source asleep', ru: 'Источник спит' }, tone: 'neutral' },
              {
                const: 'disconnected',
                title: { en: 'Nothing plugged in', ru: 'Не подключён' },
                tone: 'neutral',
              },
            ],
          },
        },
      },
    },
  },
  foregroundApp: {
    title: { en: 'App', ru: 'Приложение' },
    icon: 'app-window',
    schema: { type: 'string' },
  },
  apps: {
    title: { en: 'Installed apps', ru: 'Установленные приложения' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'array', items: { type: 'string' } },
  },
  playback: {
    title: { en: 'Playback', ru: 'Воспроизведение' },
    description: { en: 'As the app says; apps may be wrong', ru: 'Со слов приложения; оно может ошибаться' },
    icon: 'player-play',
    schema: {
      type: 'string',
      choices: [
        { const: 'playing', title: { en: 'Playing', ru: 'Играет' }, tone: 'good' },
        { const: 'paused', title: { en: 'Paused', ru: 'Пауза' }, tone: 'neutral' },
        { const: 'stopped', title: { en: 'Stopped', ru: 'Остановлено' }, tone: 'neutral' },
        { const: 'buffering', title: { en: 'Buffering', ru: 'Загрузка' }, tone: 'attention' },
        { const: 'none', title: { en: 'Nothing', ru: 'Ничего' }, tone: 'neutral' },
        { const: 'error', title: { en: 'Error', ru: 'Ошибка' }, tone: 'bad' },
        { const: 'other', title: { en: 'Seeking', ru: 'Перемотка' }, tone: 'neutral' },
      ],
    },
  },
  playingTitle: { title: { en: 'Now playing', ru: 'Сейчас играет' }, schema: { type: 'string' } },
  uptime: {
    title: { en: 'Since start', ru: 'Со времени включения' },
    section: 'health',
    staleAfter: fullPollStale,
    schema: { type: 'integer', unit: 's', minimum: 0, display: 'duration' },
  },
  temperature: {
    title: { en: 'Processor', ru: 'Процессор' },
    section: 'health',
    staleAfter: fullPollStale,
    icon: 'temperature',
    schema: { type: 'number', unit: '°C' },
  },
  memoryAvailable: {
    title: { en: 'Memory free', ru: 'Свободно памяти' },
    section: 'health',
    staleAfter: fullPollStale,
    schema: { type: 'integer', minimum: 0, display: 'bytes' },
  },
  memoryTotal: {
    title: { en: 'Memory', ru: 'Память' },
    section: 'health',
    staleAfter: fullPollStale,
    schema: { type: 'integer', minimum: 0, display: 'bytes' },
  },
  storageFree: {
    title: { en: 'Storage free', ru: 'Свободно на диске' },
    section: 'health',
    staleAfter: fullPollStale,
    schema: { type: 'integer', minimum: 0, display: 'bytes' },
  },
  storageTotal: {
    title: { en: 'Storage', ru: 'Диск' },
    section: 'health',
    staleAfter: fullPollStale,
    schema: { type: 'integer', minimum: 0, display: 'bytes' },
  },
  manufacturer: {
    title: { en: 'Make', ru: 'Производитель' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'string' },
  },
  model: {
    title: { en: 'Model', ru: 'Модель' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'string' },
  },
  serial: {
    title: { en: 'Serial number', ru: 'Серийный номер' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'string' },
  },
  androidRelease: {
    title: { en: 'Android', ru: 'Android' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'string' },
  },
  macAddress: {
    title: { en: 'MAC address', ru: 'MAC-адрес' },
    section: 'identity',
    staleAfter: fullPollStale,
    schema: { type: 'string' },
  },
} satisfies ThingModelInput['properties'];
