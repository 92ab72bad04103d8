import type { Localized } from '@vakhta/things';

/** What `media_session dispatch` can do without starting a Java process for `input`. */
type MediaDispatch =
  | 'play'
  | 'pause'
  | 'play-pause'
  | 'stop'
  | 'next'
  | 'previous'
  | 'rewind'
  | 'fast-forward'
  | 'record';

type KeyGroup =
  | 'power'
  | 'navigation'
  | 'volume'
  | 'playback'
  | 'source'
  | 'channel'
  | 'digits'
  | 'letters'
  | 'other';

export interface RemoteKey {
  /** Android's name without `KEYCODE_`. */
  name: string;
  code: number;
  group: KeyGroup;
  title: Localized;
  dispatch?: MediaDispatch;
}

/** Android's name, its key code (android.view.KeyEvent), English, Russian, and the media dispatch where there is one. */
type Row = readonly [name: string, code: number, en: string, ru: string, dispatch?: MediaDispatch];

const rows: Record<KeyGroup, readonly Row[]> = {
  power: [
    ['POWER', 26, 'Power (toggle)', 'Питание (переключить)'],
    ['SLEEP', 223, 'Sleep', 'Сон'],
    ['WAKEUP', 224, 'Wake up', 'Пробуждение'],
    ['SOFT_SLEEP', 276, 'Sleep unless kept awake', 'Сон, если ничто не мешает'],
    ['TV_POWER', 177, 'TV power', 'Питание телевизора'],
    ['STB_POWER', 179, 'Set-top box power', 'Питание приставки'],
    ['AVR_POWER', 181, 'Receiver power', 'Питание ресивера'],
  ],
  navigation: [
    ['DPAD_UP', 19, 'Up', 'Вверх'],
    ['DPAD_DOWN', 20, 'Down', 'Вниз'],
    ['DPAD_LEFT', 21, 'Left', 'Влево'],
    ['DPAD_RIGHT', 22, 'Right', 'Вправо'],
    ['DPAD_CENTER', 23, 'OK', 'ОК'],
    ['ENTER', 66, 'Enter', 'Ввод'],
    ['BACK', 4, 'Back', 'Назад'],
    ['HOME', 3, 'Home', 'Домой'],
    ['MENU', 82, 'Menu', 'Меню'],
    ['APP_SWITCH', 187, 'Recent apps', 'Недавние приложения'],
    ['ALL_APPS', 284, 'All apps', 'Все приложения'],
    ['SETTINGS', 176, 'Settings', 'Настройки'],
    ['INFO', 165, 'Info', 'Информация'],
    ['GUIDE', 172, 'TV guide', 'Телегид'],
    ['HELP', 259, 'Help', 'Справка'],
    ['SEARCH', 84, 'Search', 'Поиск'],
    ['ASSIST', 219, 'Assistant', 'Помощник'],
    ['VOICE_ASSIST', 231, 'Voice assistant', 'Голосовой помощник'],
    ['ESCAPE', 111, 'Escape', 'Отмена'],
    ['DEL', 67, 'Delete', 'Стереть'],
    ['TAB', 61, 'Tab', 'Табуляция'],
    ['PAGE_UP', 92, 'Page up', 'Страница вверх'],
    ['PAGE_DOWN', 93, 'Page down', 'Страница вниз'],
    ['MOVE_HOME', 122, 'To the beginning', 'В начало'],
    ['MOVE_END', 123, 'To the end', 'В конец'],
    ['SYSTEM_NAVIGATION_UP', 280, 'System: up', 'Система: вверх'],
    ['SYSTEM_NAVIGATION_DOWN', 281, 'System: down', 'Система: вниз'],
    ['SYSTEM_NAVIGATION_LEFT', 282, 'System: left', 'Система: влево'],
    ['SYSTEM_NAVIGATION_RIGHT', 283, 'System: right', 'Система: вправо'],
  ],
  volume: [
    ['VOLUME_UP', 24, 'Volume up', 'Громче'],
    ['VOLUME_DOWN', 25, 'Volume down', 'Тише'],
    ['VOLUME_MUTE', 164, 'Mute', 'Без звука'],
    ['MUTE', 91, 'Mute the microphone', 'Выключить микрофон'],
    ['MEDIA_AUDIO_TRACK', 222, 'Audio track', 'Звуковая дорожка'],
    ['TV_AUDIO_DESCRIPTION', 252, 'Audio description', 'Тифлокомментарий'],
    ['TV_AUDIO_DESCRIPTION_MIX_UP', 253, 'Audio description louder', 'Тифлокомментарий громче'],
    ['TV_AUDIO_DESCRIPTION_MIX_DOWN', 254, 'Audio description quieter', 'Тифлокомментарий тише'],
  ],
  playback: [
    ['MEDIA_PLAY', 126, 'Play', 'Воспроизвести', 'play'],
    ['MEDIA_PAUSE', 127, 'Pause', 'Пауза', 'pause'],
    ['MEDIA_PLAY_PAUSE', 85, 'Play / pause', 'Воспроизведение / пауза', 'play-pause'],
    ['MEDIA_STOP', 86, 'Stop', 'Стоп', 'stop'],
    ['MEDIA_NEXT', 87, 'Next', 'Следующее', 'next'],
    ['MEDIA_PREVIOUS', 88, 'Previous', 'Предыдущее', 'previous'],
    ['MEDIA_REWIND', 89, 'Rewind', 'Перемотать назад', 'rewind'],
    ['MEDIA_FAST_FORWARD', 90, 'Fast forward', 'Перемотать вперёд', 'fast-forward'],
    ['MEDIA_RECORD', 130, 'Record', 'Запись', 'record'],
    ['MEDIA_EJECT', 129, 'Eject', 'Извлечь'],
    ['MEDIA_CLOSE', 128, 'Close', 'Закрыть'],
    ['MEDIA_TOP_MENU', 226, 'Disc menu', 'Меню диска'],
    ['MEDIA_SKIP_FORWARD', 272, 'Skip forward', 'Скачок вперёд'],
    ['MEDIA_SKIP_BACKWARD', 273, 'Skip backward', 'Скачок назад'],
    ['MEDIA_STEP_FORWARD', 274, 'Step forward', 'Кадр вперёд'],
    ['MEDIA_STEP_BACKWARD', 275, 'Step backward', 'Кадр назад'],
    ['CAPTIONS', 175, 'Subtitles', 'Субтитры'],
  ],
  source: [
    ['TV', 170, 'Television', 'Телевидение'],
    ['TV_INPUT', 178, 'Input', 'Источник'],
    ['TV_INPUT_HDMI_1', 243, 'HDMI 1', 'HDMI 1'],
    ['TV_INPUT_HDMI_2', 244, 'HDMI 2', 'HDMI 2'],
    ['TV_INPUT_HDMI_3', 245, 'HDMI 3', 'HDMI 3'],
    ['TV_INPUT_HDMI_4', 246, 'HDMI 4', 'HDMI 4'],
    ['TV_INPUT_COMPOSITE_1', 247, 'Composite 1', 'Композитный 1'],
    ['TV_INPUT_COMPOSITE_2', 248, 'Composite 2', 'Композитный 2'],
    ['TV_INPUT_COMPONENT_1', 249, 'Component 1', 'Компонентный 1'],
    ['TV_INPUT_COMPONENT_2', 250, 'Component 2', 'Компонентный 2'],
    ['TV_INPUT_VGA_1', 251, 'VGA', 'VGA'],
    ['STB_INPUT', 180, 'Set-top box input', 'Вход приставки'],
    ['AVR_INPUT', 182, 'Receiver input', 'Вход ресивера'],
    ['TV_TERRESTRIAL_ANALOG', 235, 'Analogue terrestrial', 'Аналоговый эфир'],
    ['TV_TERRESTRIAL_DIGITAL', 236, 'Digital terrestrial', 'Цифровой эфир'],
    ['TV_SATELLITE', 237, 'Satellite', 'Спутник'],
    ['TV_SATELLITE_BS', 238, 'Satellite BS', 'Спутник BS'],
    ['TV_SATELLITE_CS', 239, 'Satellite CS', 'Спутник CS'],
    ['TV_SATELLITE_SERVICE', 240, 'Satellite service', 'Спутниковая служба'],
    ['TV_NETWORK', 241, 'Network', 'Сеть'],
    ['TV_ANTENNA_CABLE', 242, 'Antenna / cable', 'Антенна / кабель'],
    ['TV_RADIO_SERVICE', 232, 'Radio', 'Радио'],
  ],
  channel: [
    ['CHANNEL_UP', 166, 'Channel up', 'Канал вверх'],
    ['CHANNEL_DOWN', 167, 'Channel down', 'Канал вниз'],
    ['LAST_CHANNEL', 229, 'Last channel', 'Предыдущий канал'],
    ['DVR', 173, 'Recordings', 'Записи'],
    ['BOOKMARK', 174, 'Bookmark', 'Закладка'],
    ['WINDOW', 171, 'Picture in picture', 'Кадр в кадре'],
    ['TV_TELETEXT', 233, 'Teletext', 'Телетекст'],
    ['TV_NUMBER_ENTRY', 234, 'Channel number', 'Номер канала'],
    ['TV_DATA_SERVICE', 230, 'Data service', 'Служба данных'],
    ['TV_ZOOM_MODE', 255, 'Picture format', 'Формат кадра'],
    ['TV_CONTENTS_MENU', 256, 'Contents', 'Содержание'],
    ['TV_MEDIA_CONTEXT_MENU', 257, 'Options', 'Параметры'],
    ['TV_TIMER_PROGRAMMING', 258, 'Timer', 'Таймер'],
    ['PROG_RED', 183, 'Red', 'Красная'],
    ['PROG_GREEN', 184, 'Green', 'Зелёная'],
    ['PROG_YELLOW', 185, 'Yellow', 'Жёлтая'],
    ['PROG_BLUE', 186, 'Blue', 'Синяя'],
  ],
  digits: [
    ...Array.from('0123456789', (digit, index): Row => [digit, 7 + index, digit, digit]),
    ['STAR', 17, '*', '*'],
    ['POUND', 18, '#', '#'],
  ],
  letters: [
    ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter, index): Row => [letter, 29 + index, letter, letter]),
    ['SPACE', 62, 'Space', 'Пробел'],
  ],
  other: [
    ['BRIGHTNESS_DOWN', 220, 'Dimmer', 'Темнее'],
    ['BRIGHTNESS_UP', 221, 'Brighter', 'Ярче'],
    ['SYSRQ', 120, 'Screenshot key', 'Снимок экрана (клавиша)'],
    ['PAIRING', 225, 'Pair', 'Сопряжение'],
    ['NOTIFICATION', 83, 'Notifications', 'Уведомления'],
    ['REFRESH', 285, 'Refresh', 'Обновить'],
    ['THUMBS_UP', 286, 'Like', 'Нравится'],
    ['THUMBS_DOWN', 287, 'Dislike', 'Не нравится'],
    ['PROFILE_SWITCH', 288, 'Switch profile', 'Сменить профиль'],
  ],
};

const groups = Object.keys(rows) as KeyGroup[];

/** Every key a remote control of a TV has (facts: android.view.KeyEvent). */
export const remoteKeys: readonly RemoteKey[] = groups.flatMap((group) =>
  rows[group].map(([name, code, en, ru, dispatch]) => ({
    name,
    code,
    group,
    title: { en, ru },
    ...(dispatch === undefined ? {} : { dispatch }),
  })),
);

const byName = new Map(remoteKeys.map((key) => [key.name, key]));
const byCode = new Map(remoteKeys.map((key) => [key.code, key]));

/** The key of that name, with or without `KEYCODE_`. */
export const remoteKey = (name: string): RemoteKey | undefined => byName.get(name.replace(/^KEYCODE_/, ''));
export const remoteKeyByCode = (code: number): RemoteKey | undefined => byCode.get(code);
