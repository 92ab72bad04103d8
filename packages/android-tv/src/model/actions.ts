import { seconds } from '@vakhta/kernel';
import type { DataSchema, ThingModelInput } from '@vakhta/things';
import { remoteKeys } from '../keys/remote-keys.ts';

const fields = (properties: Record<string, DataSchema>): DataSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

/** A TV boots in 30 to 90 s; the worst is twice that. */
const bootTimeout = seconds(240);

const app: DataSchema = {
  type: 'string',
  title: { en: 'App', ru: 'Приложение' },
  description: {
    en: 'A package, or a package and its activity: com.app/.Main',
    ru: 'Пакет или пакет с окном: com.app/.Main',
  },
  optionsFrom: 'apps',
  pattern: '^[A-Za-z_][A-Za-z0-9_.]*(/[A-Za-z0-9_.$]+)?$',
  maxLength: 255,
};

export const actions = {
  powerOn: {
    title: { en: 'Switch on', ru: 'Включить' },
    description: { en: 'Wakes the TV from standby', ru: 'Выводит телевизор из дежурного режима' },
    effect: { property: 'power', equals: 'awake' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'power',
  },
  powerOff: {
    title: { en: 'Switch off', ru: 'Выключить' },
    description: { en: 'Sends the TV to standby', ru: 'Переводит телевизор в дежурный режим' },
    effect: { property: 'power', equals: 'asleep' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'moon',
  },
  mainsOn: {
    title: { en: 'Mains on', ru: 'Подать питание' },
    description: { en: 'Switches the relay on', ru: 'Включает реле' },
    effect: { property: 'mains', equals: 'on' },
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The relay gives the TV its mains; it starts in a minute or so.',
      ru: 'Реле подаст питание; телевизор загрузится примерно за минуту.',
    },
    idempotent: true,
    timeout: seconds(30),
    icon: 'bolt',
  },
  mainsOff: {
    title: { en: 'Mains off', ru: 'Снять питание' },
    description: {
      en: 'Sends the TV to standby, then cuts its mains by the relay',
      ru: 'Переводит телевизор в дежурный режим, затем снимает питание реле',
    },
    effect: { property: 'mains', equals: 'off' },
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The relay cuts the mains of the TV: the screen goes dark and the TV cannot be reached until the mains are back.',
      ru: 'Реле снимет питание: экран погаснет, и телевизор будет недоступен, пока питание не подадут снова.',
    },
    idempotent: true,
    timeout: seconds(30),
    icon: 'bolt-off',
  },
  mainsCycle: {
    title: { en: 'Restart by mains', ru: 'Перезапустить питанием' },
    description: {
      en: 'Cuts the mains, waits, gives them back and waits until the TV answers',
      ru: 'Снимает питание, выжидает, подаёт снова и ждёт ответа телевизора',
    },
    effect: { property: 'mains', equals: 'on' },
    physical: true,
    confirm: 'ask',
    consequence: {
      en: 'The TV loses its mains for some ten seconds and starts anew: the screen is dark for about two minutes.',
      ru: 'Телевизор останется без питания секунд на десять и загрузится заново: экран будет тёмным около двух минут.',
    },
    timeout: bootTimeout,
    icon: 'refresh-alert',
  },
  setSource: {
    title: { en: 'Choose source', ru: 'Выбрать источник' },
    input: fields({
      source: {
        type: 'string',
        title: { en: 'Source', ru: 'Источник' },
        optionsFrom: 'inputs',
        minLength: 1,
        maxLength: 200,
      },
    }),
    effect: { property: 'source', input: 'source' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'switch-horizontal',
  },
  setVolume: {
    title: { en: 'Set volume', ru: 'Задать громкость' },
    input: fields({
      volume: {
        type: 'integer',
        title: { en: 'Volume', ru: 'Громкость' },
        minimum: 0,
        maximum: 1000,
        maximumFrom: 'volumeMax',
      },
    }),
    effect: { property: 'volume', input: 'volume' },
    idempotent: true,
    timeout: seconds(30),
    icon: 'volume',
  },
  volumeUp: {
    title: { en: 'Louder', ru: 'Громче' },
    effect: { property: 'volume' },
    timeout: seconds(20),
    icon: 'volume',
  },
  volumeDown: {
    title: { en: 'Quieter', ru: 'Тише' },
    effect: { property: 'volume' },
    timeout: seconds(20),
    icon: 'volume-2',
  },
  setMuted: {
    title: { en: 'Mute', ru: 'Звук' },
    input: fields({ muted: { type: 'boolean', title: { en: 'Muted', ru: 'Без звука' } } }),
    effect: { property: 'muted', input: 'muted' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'volume-3',
  },
  play: {
    title: { en: 'Play', ru: 'Воспроизвести' },
    effect: { property: 'playback', equals: 'playing' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'player-play',
  },
  pause: {
    title: { en: 'Pause', ru: 'Пауза' },
    effect: { property: 'playback', equals: 'paused' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'player-pause',
  },
  stopPlayback: {
    title: { en: 'Stop', ru: 'Стоп' },
    effect: { property: 'playback', equals: 'stopped' },
    idempotent: true,
    timeout: seconds(20),
    icon: 'player-stop',
  },
  playPause: {
    title: { en: 'Play / pause', ru: 'Воспроизведение / пауза' },
    timeout: seconds(20),
    icon: 'player-play',
  },
  next: { title: { en: 'Next', ru: 'Следующее' }, timeout: seconds(20), icon: 'player-skip-forward' },
  previous: { title: { en: 'Previous', ru: 'Предыдущее' }, timeout: seconds(20), icon: 'player-skip-back' },
  pressKey: {
    title: { en: 'Press a key', ru: 'Нажать кнопку' },
    description: {
      en: 'As on the remote control; what the TV does with it can not be seen',
      ru: 'Как на пульте; что сделает телевизор, увидеть нельзя',
    },
    input: fields({
      key: {
        type: 'string',
        title: { en: 'Key', ru: 'Кнопка' },
        choices: remoteKeys.map(({ name, title }) => ({ const: name, title })),
      },
    }),
    timeout: seconds(20),
    icon: 'device-remote',
  },
  launchApp: {
    title: { en: 'Open app', ru: 'Открыть приложение' },
    input: fields({ app }),
    effect: { property: 'foregroundApp', input: 'app' },
    idempotent: true,
    timeout: seconds(30),
    icon: 'app-window',
  },
  stopApp: {
    title: { en: 'Stop app', ru: 'Остановить приложение' },
    input: fields({ app }),
    idempotent: true,
    timeout: seconds(20),
    icon: 'app-window-off',
  },
  reboot: {
    title: { en: 'Restart', ru: 'Перезагрузить' },
    confirm: 'ask',
    consequence: {
      en: 'The TV restarts: the screen is dark for a minute or two, and what plays is interrupted.',
      ru: 'Телевизор перезагрузится: экран погаснет на минуту-две, показ прервётся.',
    },
    timeout: bootTimeout,
    icon: 'refresh',
  },
  screenshot: {
    title: { en: 'Screenshot', ru: 'Снимок экрана' },
    description: {
      en: 'Menus and apps only: video from HDMI, a tuner or a protected film comes out black',
      ru: 'Только меню и приложения: видео с HDMI, тюнера и защищённые фильмы получаются чёрными',
    },
    risk: 'view',
    idempotent: true,
    timeout: seconds(30),
    icon: 'camera',
  },
} satisfies ThingModelInput['actions'];
