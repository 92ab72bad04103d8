import { minutes } from '@vakhta/kernel';
import { expect, it } from 'vitest';
import { type CableEvidence, cableState } from './cable-state.ts';

const awake: CableEvidence = { carrier: false, mains: true, wasAwake: true, sinceStart: undefined };

it.each<[string, Partial<CableEvidence>, ReturnType<typeof cableState>]>([
  ['a link is a link whatever else is thought', { carrier: true, mains: false }, 'link'],
  ['an unreadable carrier says nothing', { carrier: undefined }, undefined],
  ['an awake TV with mains should have one', {}, 'noLinkFault'],
  ['a TV without a relay that was awake should have one', { mains: undefined }, 'noLinkFault'],
  ['a TV never heard of should have one', { wasAwake: undefined }, 'noLinkFault'],
  ['without mains there is none', { mains: false }, 'noLinkExpected'],
  ['in standby sets switch it off', { wasAwake: false }, 'noLinkExpected'],
  ['while it boots there is none yet', { sinceStart: minutes(1) }, 'noLinkExpected'],
  ['long after its start there should be one', { sinceStart: minutes(3) }, 'noLinkFault'],
])('%s', (_, evidence, state) => {
  expect(cableState({ ...awake, ...evidence })).toBe(state);
});
