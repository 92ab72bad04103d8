import type { DriverModule } from '@vakhta/things';
import { androidTv } from '../model/android-tv.ts';
import { AndroidTvDriver } from './android-tv-driver.ts';

/** What the agent loads: the model, and how one TV is looked after. */
export const driver: DriverModule = {
  model: androidTv,
  open: (options) => new AndroidTvDriver(options),
};
