import type { LiveMessage, LiveRequest } from '@vakhta/api';
import type { OrganisationId } from '@vakhta/kernel';
import type { TellNodes } from '../nodes/tell-nodes.ts';

/** What a message is about; a message without an address goes to everybody of the organisation. */
export interface Address {
  thing?: string;
  batch?: string | null;
}

/** One open panel or program, as the hub sees it. */
export interface LiveListener {
  send(text: string): void;
}

interface Subscription {
  listener: LiveListener;
  request: LiveRequest['subscribe'];
  /** Undefined: every thing of the organisation. */
  things: ReadonlySet<string> | undefined;
}

export interface LiveHubDeps {
  thingsOfSite(organisation: OrganisationId, site: string): Promise<readonly string[]>;
  /** Panels may be connected to any node. */
  tellNodes: TellNodes;
}

/** What nodes tell each other is short. */
const CONFIRMED_AT_ONCE = 80;

/** Sent where it is not known what was missed. */
const MISSED = JSON.stringify({ type: 'missed' } satisfies LiveMessage);

/**
 * Tells open panels what has been committed, on this node and by way of the others on theirs. It holds no facts: whoever
 * missed a message asks the API again.
 */
export class LiveHub {
  readonly #deps: LiveHubDeps;
  readonly #organisations = new Map<OrganisationId, Map<LiveListener, Subscription>>();

  constructor(deps: LiveHubDeps) {
    this.#deps = deps;
  }

  /** Begins or replaces what a listener hears. */
  async subscribe(
    organisation: OrganisationId,
    listener: LiveListener,
    request: LiveRequest['subscribe'],
  ): Promise<void> {
    const things = await this.#resolve(organisation, request);
    const listeners = this.#organisations.get(organisation) ?? new Map<LiveListener, Subscription>();
    this.#organisations.set(organisation, listeners);
    listeners.set(listener, { listener, request, things });
  }

  leave(organisation: OrganisationId, listener: LiveListener): void {
    const listeners = this.#organisations.get(organisation);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#organisations.delete(organisation);
  }

  publish(organisation: OrganisationId, message: LiveMessage, address?: Address): void {
    this.publishHere(organisation, message, address);
    this.#deps.tellNodes({ is: 'live', organisation, message, address });
  }

  /** To the panels of this node. */
  publishHere(organisation: OrganisationId, message: LiveMessage, address?: Address): void {
    const listeners = this.#organisations.get(organisation);
    if (!listeners) return;
    let text: string | undefined;
    for (const subscription of listeners.values()) {
      if (address && !hears(subscription, address)) continue;
      text ??= JSON.stringify(message);
      subscription.listener.send(text);
    }
    // A thing may have come to a site or left it: what "the site" means is looked up again.
    if (message.type === 'changed' && message.what === 'things') void this.#renew(organisation);
  }

  /** Ages that start again, cut down to what each listener hears. */
  publishConfirmed(organisation: OrganisationId, confirmed: readonly [string, string][]): void {
    this.publishConfirmedHere(organisation, confirmed);
    for (let from = 0; from < confirmed.length; from += CONFIRMED_AT_ONCE)
      this.#deps.tellNodes({
        is: 'confirmed',
        organisation,
        things: confirmed.slice(from, from + CONFIRMED_AT_ONCE),
      });
  }

  publishConfirmedHere(organisation: OrganisationId, confirmed: readonly [string, string][]): void {
    for (const { listener, things } of this.#organisations.get(organisation)?.values() ?? []) {
      const heard = confirmed.filter(([thing]) => things?.has(thing) ?? true);
      if (heard.length > 0) listener.send(JSON.stringify({ type: 'confirmed', things: heard }));
    }
  }

  /** Something may have been told that this node did not hear: everybody here asks anew. */
  missed(): void {
    for (const [organisation, listeners] of this.#organisations) {
      for (const { listener } of listeners.values()) listener.send(MISSED);
      void this.#renew(organisation);
    }
  }

  async #renew(organisation: OrganisationId): Promise<void> {
    for (const subscription of this.#organisations.get(organisation)?.values() ?? [])
      if (subscription.request.site)
        subscription.things = await this.#resolve(organisation, subscription.request);
  }

  async #resolve(
    organisation: OrganisationId,
    { things, site, batch }: LiveRequest['subscribe'],
  ): Promise<ReadonlySet<string> | undefined> {
    if (!things && !site) return batch ? new Set() : undefined;
    const ofSite = site ? await this.#deps.thingsOfSite(organisation, site) : [];
    return new Set([...(things ?? []), ...ofSite]);
  }
}

function hears({ things, request }: Subscription, address: Address): boolean {
  if (things === undefined) return true;
  if (address.thing !== undefined && things.has(address.thing)) return true;
  return request.batch !== undefined && request.batch === address.batch;
}
