import type { ActionOutcome } from '@vakhta/things';
import { remoteKey } from '../keys/remote-keys.ts';
import { type ActingTv, notSeen, observed } from './acting-tv.ts';

/** Only the discrete keys: POWER toggles, and a TV that is just changing would end up the other way round. */
const wakeUp = remoteKey('WAKEUP')!.code;
const sleepKey = remoteKey('SLEEP')!.code;

const settled = (tv: ActingTv): boolean => tv.tv.knowledge.reading.wakefulnessChanging !== true;

export async function powerOn(tv: ActingTv): Promise<ActionOutcome> {
  await tv.press([wakeUp], 'power');
  const awake = await tv.observe(['power'], () => settled(tv) && tv.tv.value('power') === 'awake');
  return awake ? observed({ power: 'awake' }) : notSeen('power', tv.tv.value('power'), 'it does not wake up');
}

export async function powerOff(tv: ActingTv): Promise<ActionOutcome> {
  await tv.press([sleepKey], 'power');
  const isOff = () => tv.tv.value('power') === 'asleep' || tv.tv.value('power') === 'dozing';
  const off = await tv.observe(['power'], () => settled(tv) && isOff());
  const power = tv.tv.value('power');
  return off ? observed({ power }) : notSeen('power', power, 'it does not go to standby');
}
