import type { LiveMessage } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import type { CommandChange } from '../commands/command-reports.ts';
import type { Logged } from '../ingest/logged.ts';
import type { LiveHub } from './hub.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** Tells panels what a committed batch said of things. */
export function announceLogged(hub: LiveHub, organisation: OrganisationId, logged: readonly Logged[]): void {
  for (const { kind, thing, name, data, at } of logged) {
    if (thing === null) continue;
    const message = toLiveMessage(kind, { thing, name, at: iso(at) }, data);
    if (message) hub.publish(organisation, message, { thing });
  }
}

function toLiveMessage(
  kind: Logged['kind'],
  base: { thing: string; name: string; at: string },
  data: Logged['data'],
): LiveMessage | undefined {
  switch (kind) {
    case 'property':
      return { type: 'property', ...base, value: data };
    case 'event':
      return { type: 'event', ...base, data };
    case 'presence':
      return {
        type: 'presence',
        thing: base.thing,
        online: (data as { online: boolean }).online,
        at: base.at,
      };
    case 'command':
    case 'agent':
      return undefined;
  }
}

/** Tells panels which commands took a step. */
export function announceCommands(
  hub: LiveHub,
  organisation: OrganisationId,
  changes: readonly CommandChange[],
): void {
  for (const { command, thing, batch, action, state, at } of changes)
    hub.publish(
      organisation,
      { type: 'command', id: command, thing, batch, action, state, at: iso(at) },
      { thing, batch },
    );
}
