import { type Duration, minutes } from '@vakhta/kernel';

export type CableState = 'link' | 'noLinkExpected' | 'noLinkFault';

/** How long after mains or a restart a TV may be without a link: it boots. */
const bootGrace: Duration = minutes(2);

export interface CableEvidence {
  carrier: boolean | undefined;
  /** The relay's state; `undefined` where there is none. */
  mains: boolean | undefined;
  /** What the TV said last, before the link went. */
  wasAwake: boolean | undefined;
  /** Time since the mains came back or a restart was asked for. */
  sinceStart: Duration | undefined;
}

/**
 * A missing link is a fault only where there should be one: not while the mains are cut, not while a TV boots, and not
 * in deep standby, where sets switch their network off after some minutes.
 */
export function cableState(evidence: CableEvidence): CableState | undefined {
  if (evidence.carrier === undefined) return undefined;
  if (evidence.carrier) return 'link';
  if (evidence.mains === false) return 'noLinkExpected';
  if (evidence.wasAwake === false) return 'noLinkExpected';
  if (evidence.sinceStart !== undefined && evidence.sinceStart < bootGrace) return 'noLinkExpected';
  return 'noLinkFault';
}
