import type { LiveMessage } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { freshId } from '../../../test/fixture.ts';
import { LiveHub } from './hub.ts';

const ours = freshId<OrganisationId>();
const theirs = freshId<OrganisationId>();
const at = '2026-11-25T00:00:00.000Z';
const property = (thing: string): LiveMessage => ({ type: 'property', thing, name: 'volume', value: 1, at });

/** A hub of a node without others. */
const hubOf = (thingsOfSite: () => Promise<string[]>) => new LiveHub({ thingsOfSite, tellNodes: () => {} });

function listen(hub: LiveHub, organisation = ours) {
  const heard: LiveMessage[] = [];
  const listener = { send: (text: string) => heard.push(JSON.parse(text)) };
  return { heard, listener, subscribe: (request: object) => hub.subscribe(organisation, listener, request) };
}

test('a listener hears its organisation only', async () => {
  const hub = hubOf(async () => []);
  const us = listen(hub);
  const them = listen(hub, theirs);
  await us.subscribe({});
  await them.subscribe({});
  hub.publish(ours, property('tv'), { thing: 'tv' });
  hub.publish(ours, { type: 'changed', what: 'sites' });
  expect(us.heard).toHaveLength(2);
  expect(them.heard).toEqual([]);
});

test('a subscription to things, a site or a batch hears those, and what concerns everybody', async () => {
  const hub = hubOf(async () => ['in-site']);
  const things = listen(hub);
  const site = listen(hub);
  const batch = listen(hub);
  await things.subscribe({ things: ['one'] });
  await site.subscribe({ site: 'station' });
  await batch.subscribe({ batch: 'b' });
  for (const thing of ['one', 'in-site', 'elsewhere']) hub.publish(ours, property(thing), { thing });
  hub.publish(
    ours,
    { type: 'command', id: 'c', thing: 'elsewhere', batch: 'b', action: 'mute', state: 'queued', at },
    { thing: 'elsewhere', batch: 'b' },
  );
  hub.publish(ours, { type: 'presence', agent: 'a', online: true, at });
  const told = ({ heard }: { heard: LiveMessage[] }) =>
    heard.map((message) => (message.type === 'property' ? message.thing : message.type));
  expect(told(things)).toEqual(['one', 'presence']);
  expect(told(site)).toEqual(['in-site', 'presence']);
  expect(told(batch)).toEqual(['command', 'presence']);
});

test('a thing that comes to a site is heard by those who listen to the site', async () => {
  const inSite = ['first'];
  const hub = hubOf(async () => [...inSite]);
  const site = listen(hub);
  await site.subscribe({ site: 'station' });
  inSite.push('second');
  hub.publish(ours, { type: 'changed', what: 'things' });
  await new Promise((resolve) => setImmediate(resolve));
  hub.publish(ours, property('second'), { thing: 'second' });
  expect(site.heard.map((message) => message.type)).toEqual(['changed', 'property']);
});

test('ages are cut down to what is heard, and nothing is sent where nothing is left', async () => {
  const hub = hubOf(async () => []);
  const one = listen(hub);
  const none = listen(hub);
  await one.subscribe({ things: ['one'] });
  await none.subscribe({ batch: 'b' });
  hub.publishConfirmed(ours, [
    ['one', at],
    ['two', at],
  ]);
  expect(one.heard).toEqual([{ type: 'confirmed', things: [['one', at]] }]);
  expect(none.heard).toEqual([]);
});

test('a listener that left hears nothing', async () => {
  const hub = hubOf(async () => []);
  const left = listen(hub);
  await left.subscribe({});
  hub.leave(ours, left.listener);
  hub.publish(ours, property('tv'), { thing: 'tv' });
  expect(left.heard).toEqual([]);
});
