import type { Localized } from '@vakhta/things';

/** Why a machine does not do what it is asked, or is out of contact, for the person at the desk. */
export const reasons = {
  'egm.offline': { en: 'The machine does not answer', ru: 'Автомат не отвечает' },
  'egm.silent': { en: 'No answer to polls', ru: 'Нет ответа на опрос' },
  'egm.line_closed': { en: 'The line cannot be opened', ru: 'Линия не открывается' },
  'egm.refused': { en: 'The machine refused', ru: 'Автомат отказал' },
  'egm.not_supported': { en: 'This machine cannot do that', ru: 'Этот автомат так не умеет' },
  'egm.no_handpay': { en: 'There is no handpay to reset', ru: 'Ручной выплаты для сброса нет' },
  'egm.handpay_not_possible': {
    en: 'The machine does not let this handpay be reset so',
    ru: 'Автомат не позволяет сбросить эту выплату таким способом',
  },
  'egm.transfer_known': {
    en: 'This transfer was ordered before; it is never made twice',
    ru: 'Этот перевод уже заказывали; дважды он не выполняется',
  },
  'egm.transfer_open': {
    en: 'Another transfer on this machine is not finished',
    ru: 'На этом автомате не закончен другой перевод',
  },
  'egm.transfer_unknown': {
    en: 'This agent was never ordered to make that transfer',
    ru: 'Этому агенту такой перевод не заказывали',
  },
  'egm.transfer_refused': { en: 'The machine refused the transfer', ru: 'Автомат отказал в переводе' },
  'egm.not_transferred': {
    en: 'Nothing was moved: the order never reached the machine',
    ru: 'Ничего не переведено: заказ не дошёл до автомата',
  },
  'egm.restricted_stays': {
    en: 'Restricted credits stay on the machine',
    ru: 'Ограниченные кредиты с автомата не снимаются',
  },
  'egm.clock_not_set': {
    en: 'Sent, but the machine’s clock shows another time',
    ru: 'Отправлено, но часы автомата показывают другое время',
  },
} satisfies Record<string, Localized>;
