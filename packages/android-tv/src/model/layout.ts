import type { ThingModelInput } from '@vakhta/things';

type Layout = NonNullable<ThingModelInput['layout']>;
type Button = NonNullable<NonNullable<Layout['quick']>[number]>;

/** A button that presses a key of the remote control. */
const key = (name: string, more: Omit<Button, 'action' | 'input'> = {}): Button => ({
  action: 'pressKey',
  input: { key: name },
  ...more,
});

const source = (value: string, label: string): Button => ({
  action: 'setSource',
  input: { source: value },
  label: { en: label, ru: label },
});

const digit = (name: string) => key(name, { label: { en: name, ru: name }, key: name });

export const layout: Layout = {
  lamps: ['connection', 'power', 'cable'],
  figures: ['source', 'volume', 'foregroundApp', 'mains'],
  picture: {
    action: 'screenshot',
    note: {
      en: 'Menus and apps only: the video plane cannot be captured',
      ru: 'Только меню и приложения: видео захватить нельзя',
    },
  },
  quick: [
    { action: 'powerOn', icon: 'power' },
    { action: 'powerOff', icon: 'moon' },
    { action: 'volumeDown', icon: 'volume-2' },
    { action: 'volumeUp', icon: 'volume' },
    {
      action: 'setMuted',
      input: { muted: true },
      icon: 'volume-3',
      label: { en: 'Mute', ru: 'Выключить звук' },
    },
    { action: 'setSource', icon: 'switch-horizontal' },
    { action: 'setVolume', icon: 'adjustments-horizontal' },
    { action: 'screenshot', icon: 'camera' },
  ],
  pads: [
    {
      title: { en: 'Power', ru: 'Питание' },
      columns: 3,
      buttons: [
        // Words beside the pictures: nobody should have to guess which of these cuts the mains.
        { action: 'powerOn', icon: 'power', label: { en: 'On', ru: 'Включить' } },
        { action: 'powerOff', icon: 'moon', label: { en: 'Sleep', ru: 'Усыпить' } },
        { action: 'reboot', icon: 'refresh', label: { en: 'Restart', ru: 'Рестарт' } },
        { action: 'mainsOn', icon: 'bolt', label: { en: 'Mains on', ru: '220 В вкл.' } },
        { action: 'mainsOff', icon: 'bolt-off', label: { en: 'Mains off', ru: '220 В выкл.' } },
        { action: 'mainsCycle', icon: 'refresh-alert', label: { en: 'Mains cycle', ru: '220 В сброс' } },
      ],
    },
    {
      title: { en: 'Navigation', ru: 'Навигация' },
      columns: 3,
      buttons: [
        key('HOME', { icon: 'home', key: 'Home' }),
        key('DPAD_UP', { icon: 'chevron-up', key: 'ArrowUp' }),
        key('MENU', { icon: 'menu-2', key: 'ContextMenu' }),
        key('DPAD_LEFT', { icon: 'chevron-left', key: 'ArrowLeft' }),
        key('DPAD_CENTER', { icon: 'circle-check', key: 'Enter' }),
        key('DPAD_RIGHT', { icon: 'chevron-right', key: 'ArrowRight' }),
        key('BACK', { icon: 'arrow-back-up', key: 'Backspace' }),
        key('DPAD_DOWN', { icon: 'chevron-down', key: 'ArrowDown' }),
        key('SETTINGS', { icon: 'settings' }),
      ],
    },
    {
      title: { en: 'Volume', ru: 'Громкость' },
      columns: 3,
      buttons: [
        { action: 'volumeDown', icon: 'volume-2', key: '-' },
        key('VOLUME_MUTE', { icon: 'volume-3', key: 'm' }),
        { action: 'volumeUp', icon: 'volume', key: '+' },
      ],
    },
    {
      title: { en: 'Channel', ru: 'Каналы' },
      columns: 3,
      buttons: [
        key('CHANNEL_DOWN', { icon: 'minus', key: 'PageDown' }),
        key('LAST_CHANNEL', { icon: 'arrow-back' }),
        key('CHANNEL_UP', { icon: 'plus', key: 'PageUp' }),
        key('GUIDE', { icon: 'list-details' }),
        key('INFO', { icon: 'info-circle' }),
        key('TV_TELETEXT', { icon: 'article' }),
      ],
    },
    {
      title: { en: 'Playback', ru: 'Воспроизведение' },
      columns: 4,
      buttons: [
        { action: 'previous', icon: 'player-skip-back' },
        key('MEDIA_REWIND', { icon: 'player-track-prev' }),
        key('MEDIA_FAST_FORWARD', { icon: 'player-track-next' }),
        { action: 'next', icon: 'player-skip-forward' },
        { action: 'play', icon: 'player-play' },
        { action: 'pause', icon: 'player-pause' },
        { action: 'stopPlayback', icon: 'player-stop' },
        { action: 'playPause', label: { en: 'Play / pause', ru: 'Пуск / пауза' }, key: ' ' },
      ],
    },
    {
      title: { en: 'Source', ru: 'Источник' },
      columns: 3,
      buttons: [
        source('HDMI1', 'HDMI 1'),
        source('HDMI2', 'HDMI 2'),
        source('HDMI3', 'HDMI 3'),
        source('HDMI4', 'HDMI 4'),
        key('TV', { label: { en: 'TV', ru: 'ТВ' } }),
        key('TV_INPUT', { icon: 'switch-horizontal' }),
      ],
    },
    {
      title: { en: 'Digits', ru: 'Цифры' },
      columns: 3,
      buttons: [...Array.from('123456789', digit), null, digit('0'), key('DEL', { icon: 'backspace' })],
    },
    {
      title: { en: 'Colours', ru: 'Цветные кнопки' },
      columns: 4,
      buttons: [key('PROG_RED'), key('PROG_GREEN'), key('PROG_YELLOW'), key('PROG_BLUE')],
    },
  ],
};
