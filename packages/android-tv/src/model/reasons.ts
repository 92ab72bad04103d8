import type { Localized } from '@vakhta/things';

/**
 * Why a TV does not do what it is asked, or is out of contact, for the person at the desk; the driver's own message
 * tells the engineer more.
 */
export const reasons = {
  'tv.offline': { en: 'No connection with the TV', ru: 'Нет связи с телевизором' },
  'tv.accept_on_screen': {
    en: 'Accept the connection on the TV’s own screen first',
    ru: 'Сначала разрешите подключение на экране самого телевизора',
  },
  'tv.not_observed': {
    en: 'Sent, but the TV does not show it',
    ru: 'Отправлено, но на телевизоре этого не видно',
  },
  'tv.refused': { en: 'The TV refused', ru: 'Телевизор отказал' },
  'tv.changing': {
    en: 'The TV is just switching on or off; ask again in a moment',
    ru: 'Телевизор как раз включается или выключается; повторите через несколько секунд',
  },
  'tv.not_started': {
    en: 'Power is back, but the TV does not answer yet',
    ru: 'Питание есть, но телевизор пока не отвечает',
  },
  'tv.no_relay': {
    en: 'No mains relay is set up for this TV',
    ru: 'Для этого телевизора не настроено реле питания',
  },
  'tv.no_such_source': { en: 'This TV has no such input', ru: 'У этого телевизора нет такого входа' },
  'tv.no_such_key': { en: 'There is no such key', ru: 'Такой кнопки нет' },
  'tv.out_of_range': { en: 'Louder than this TV can be', ru: 'Громче, чем умеет этот телевизор' },
  'tv.no_picture': {
    en: 'The TV gave no picture; some cannot while they show HDMI',
    ru: 'Телевизор не отдал снимок; некоторые не могут, пока показывают HDMI',
  },
  'tv.volume_unknown': {
    en: 'The TV does not tell its volume',
    ru: 'Телевизор не сообщает свою громкость',
  },
  'tv.sound_unknown': {
    en: 'The TV does not tell whether it is muted',
    ru: 'Телевизор не сообщает, выключен ли звук',
  },
  'tv.configuration': {
    en: 'The settings of this TV are not right',
    ru: 'Настройки этого телевизора заданы неверно',
  },
  'tv.deadline': { en: 'The TV did not answer in time', ru: 'Телевизор не ответил вовремя' },
  'tv.no_such_action': { en: 'A TV cannot do this', ru: 'Телевизор этого не умеет' },
  'adb.connect_refused': { en: 'The TV refuses the connection', ru: 'Телевизор отклоняет подключение' },
  'adb.connect_timeout': { en: 'The TV does not answer', ru: 'Телевизор не отвечает' },
  'adb.unreachable': { en: 'The TV cannot be reached', ru: 'Телевизор недоступен по сети' },
  'adb.auth_timeout': { en: 'The TV did not finish the greeting', ru: 'Телевизор не завершил подключение' },
  'adb.unauthorized': { en: 'The TV does not accept our key', ru: 'Телевизор не принимает наш ключ' },
  'adb.closed': { en: 'The TV closed the connection', ru: 'Телевизор закрыл соединение' },
  'adb.stalled': { en: 'The TV fell silent', ru: 'Телевизор замолчал' },
  'adb.deadline': { en: 'The TV did not answer in time', ru: 'Телевизор не ответил вовремя' },
  'adb.refused': { en: 'The TV refused', ru: 'Телевизор отказал' },
  'adb.protocol': { en: 'What answers does not speak like a TV', ru: 'Ответ не похож на ответ телевизора' },
  'adb.too_large': { en: 'The TV sent more than allowed', ru: 'Телевизор прислал больше допустимого' },
  'relay.unreachable': { en: 'The mains relay does not answer', ru: 'Реле питания не отвечает' },
  'relay.not_switched': { en: 'The mains relay did not switch', ru: 'Реле питания не переключилось' },
  'relay.no_gpioset': {
    en: 'The mini-PC has no gpioset to switch the relay with',
    ru: 'На мини-ПК нет программы gpioset для управления реле',
  },
  'relay.gpioset_failed': {
    en: 'The mini-PC could not switch its relay line',
    ru: 'Мини-ПК не смог переключить линию реле',
  },
} as const satisfies Record<string, Localized>;

export type TvReason = keyof typeof reasons;
