import { type ActionName, defineThing, type PropertyName } from '@vakhta/things';
import { actions } from './actions.ts';
import { configuration } from './configuration.ts';
import { events } from './events.ts';
import { layout } from './layout.ts';
import { properties } from './properties.ts';
import { reasons } from './reasons.ts';

/** All that the rest of Vakhta knows of a slot machine. */
export const egm = defineThing({
  id: 'egm',
  version: '1.0.0',
  title: { en: 'Slot machine', ru: 'Игровой автомат' },
  description: {
    en: 'A slot machine on a SAS line: meters, events, handpays and transfers',
    ru: 'Игровой автомат на линии SAS: счётчики, события, ручные выплаты и переводы',
  },
  icon: 'device-gamepad-2',
  configuration,
  properties,
  actions,
  events,
  reasons,
  layout,
});

export type EgmProperty = PropertyName<typeof egm>;
export type EgmAction = ActionName<typeof egm>;
