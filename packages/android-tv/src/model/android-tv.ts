import { type ActionName, defineThing, type EventName, type PropertyName } from '@vakhta/things';
import { actions } from './actions.ts';
import { alerts } from './alerts.ts';
import { configuration } from './configuration.ts';
import { events } from './events.ts';
import { layout } from './layout.ts';
import { properties } from './properties.ts';
import { reasons } from './reasons.ts';

/** All that the rest of Vakhta knows of an Android TV. */
export const androidTv = defineThing({
  id: 'android-tv',
  version: '1.1.0',
  title: { en: 'Android TV', ru: 'Телевизор Android' },
  description: {
    en: 'A TV or a TV box with Android, controlled over ADB, with a mains relay and a watched cable',
    ru: 'Телевизор или приставка на Android: управление по ADB, реле питания, контроль кабеля',
  },
  icon: 'device-tv',
  configuration,
  properties,
  actions,
  events,
  reasons,
  alerts,
  silentWhen: { property: 'mains', equals: 'off' },
  layout,
});

export type TvProperty = PropertyName<typeof androidTv>;
export type TvAction = ActionName<typeof androidTv>;
export type TvEvent = EventName<typeof androidTv>;
