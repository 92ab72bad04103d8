import type { ThingModelInput } from '@vakhta/things';

export const layout: NonNullable<ThingModelInput['layout']> = {
  lamps: ['link', 'playerState', 'transfer'],
  figures: ['credits', 'coinIn', 'coinOut', 'games', 'billsIn', 'drop'],
  quick: [
    { action: 'readNow', icon: 'refresh' },
    { action: 'disable', icon: 'lock' },
    { action: 'enable', icon: 'player-play' },
    { action: 'soundOff', icon: 'volume-off' },
    { action: 'soundOn', icon: 'volume' },
    { action: 'setClock', icon: 'clock-edit' },
  ],
};
