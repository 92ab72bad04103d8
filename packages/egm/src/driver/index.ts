import type { DriverModule } from '@vakhta/things';
import { egm } from '../model/egm.ts';
import { EgmDriver, type EgmDriverParts } from './egm-driver.ts';
import { openConfiguredLine } from './open-configured-line.ts';

export type { EgmDriverParts, OpenLasting } from './egm-driver.ts';
export type { StoreHooks } from './machine-store.ts';

/** A driver over lines of one's own: for tests, and for halls inside the process. */
export const egmDriver = (parts: EgmDriverParts): DriverModule => ({
  model: egm,
  open: (options) => new EgmDriver(options, parts),
});

/** What the agent loads: the model, and how one machine is looked after. */
export const driver: DriverModule = egmDriver({ openLine: openConfiguredLine });
