import type { Clock } from '@vakhta/kernel';
import type { RelayConfiguration } from '../driver/configuration.ts';
import { GpiosetRelay } from './gpioset-relay.ts';
import { HttpRelay } from './http-relay.ts';
import { type Relay, SimulatedRelay } from './relay.ts';

/** The relay of a TV; `undefined` where there is none. */
export function openRelay(relay: RelayConfiguration, clock: Clock): Relay | undefined {
  switch (relay.kind) {
    case 'none':
      return undefined;
    case 'simulated':
      return new SimulatedRelay();
    case 'http':
      return new HttpRelay({ ...relay, clock });
    case 'gpioset':
      return new GpiosetRelay({ ...relay, clock });
  }
}
