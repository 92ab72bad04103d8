import type { ThingModel } from '@vakhta/things';

/** What a person asks: an action of one model, of one or many things of it. */
export interface Asking {
  model: ThingModel;
  action: string;
  /** As far as it is already chosen. */
  input?: Record<string, unknown>;
  things: readonly string[];
}
