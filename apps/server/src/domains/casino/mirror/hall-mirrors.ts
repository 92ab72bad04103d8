import { type Clock, type Instant, minutes, type OrganisationId, type Random, seconds } from '@vakhta/kernel';
import { Mirror, type MirrorStatus, targetOf } from '@vakhta/mirror';
import { repeatedly } from '../../../core/repeatedly.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Nodes } from '../../../platform/nodes/nodes.ts';
import type { Database } from '../../../platform/postgres/database.ts';
import { recordFact } from '../facts/journal.ts';
import type { HallRef } from '../hall/hall.ts';
import { HallSource } from './hall-source.ts';

/** The customer's own database, and the schema in it that is ours. */
export interface MirrorSettings {
  url: string;
  schema: string;
}

export interface HallMirrorsDeps {
  database: Database;
  clock: Clock;
  random: Random;
  log: Log;
  nodes: Pick<Nodes, 'leads'>;
}

const EVERY = seconds(2);
/** Rows that wait longer than this are worth an alert. */
const BEHIND_AFTER = minutes(1);

interface Running {
  mirror: Mirror;
  /** Since when it has not been level. */
  behindSince: Instant | undefined;
}

/**
 * Copies the books of every hall into a database of the customer's, one way and beside everything else: no money waits for
 * it. One node does it for all; each hall has a cursor of its own in the target, so any of them may go on.
 */
export class HallMirrors {
  readonly #deps: HallMirrorsDeps;
  readonly #running = new Map<string, Running>();
  readonly #job: { stop(): Promise<void> };
  #settings: MirrorSettings | undefined;
  /** Whether no alert is left of a former target. */
  #isForgotten = false;
  #changing: Promise<void> = Promise.resolve();

  constructor(deps: HallMirrorsDeps) {
    this.#deps = deps;
    this.#job = repeatedly(
      { name: 'casino.mirror', every: EVERY, run: () => this.#alone(() => this.#tend()) },
      deps,
    );
  }

  /** Goes over to another target, or to none. */
  follow(settings: MirrorSettings | undefined): void {
    if (settings?.url === this.#settings?.url && settings?.schema === this.#settings?.schema) return;
    this.#settings = settings;
    this.#isForgotten = false;
    void this.#alone(() => this.#stopAll());
  }

  async close(): Promise<void> {
    await this.#job.stop();
    await this.#alone(() => this.#stopAll());
  }

  /** One change at a time. */
  #alone(work: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(work);
    this.#changing = done.catch((err: unknown) => {
      this.#deps.log.error({ event: 'casino.mirror_failed', err });
    });
    return done;
  }

  async #stopAll(): Promise<void> {
    const all = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(all.map(({ mirror }) => mirror.stop()));
  }

  async #tend(): Promise<void> {
    if (!this.#deps.nodes.leads) {
      this.#isForgotten = false;
      return this.#stopAll();
    }
    if (this.#settings === undefined && this.#isForgotten) return;
    const halls = await this.#deps.database.system((tx) =>
      tx.selectFrom('casino_halls').select(['org_id', 'hall_id']).execute(),
    );
    for (const { org_id, hall_id } of halls) {
      const organisation = org_id as OrganisationId;
      if (this.#settings === undefined) await this.#forget(organisation, hall_id);
      else await this.#look(organisation, hall_id, this.#settings);
    }
    this.#isForgotten = this.#settings === undefined;
  }

  /** Without a target nothing is behind. */
  #forget(organisation: OrganisationId, hall: string): Promise<void> {
    return this.#deps.database.tenant(organisation, (tx) => this.#tell({ tx, organisation, hall }, false));
  }

  async #look(organisation: OrganisationId, hall: string, settings: MirrorSettings): Promise<void> {
    const { database, clock } = this.#deps;
    const running = this.#running.get(hall) ?? (await this.#start(organisation, hall, settings));
    const status = await running.mirror.status();
    const isLevel = status.state === 'level' && (status.lag?.rows ?? 0) === 0;
    running.behindSince = isLevel ? undefined : (running.behindSince ?? clock.now());
    const isBehind = behindFor(status, running.behindSince, clock.now()) > BEHIND_AFTER;
    await database.tenant(organisation, async (tx) => {
      const row = rowOf(status, running.behindSince, clock.now());
      await tx.updateTable('casino_mirrors').set(row).where('hall_id', '=', hall).execute();
      if (isBehind || isLevel) await this.#tell({ tx, organisation, hall }, isBehind);
    });
  }

  async #start(organisation: OrganisationId, hall: string, settings: MirrorSettings): Promise<Running> {
    const { database, clock, random } = this.#deps;
    await database.tenant(organisation, (tx) =>
      tx
        .insertInto('casino_mirrors')
        .values({
          org_id: organisation,
          hall_id: hall,
          state: 'connecting',
          rows_behind: 0,
          told_at: new Date(clock.now()),
        })
        // What was reached in another target says nothing of this one.
        .onConflict((conflict) => conflict.column('hall_id').doUpdateSet({ position: null, error: null }))
        .execute(),
    );
    const source = new HallSource({ database, organisation, hall });
    const target = targetOf(settings.url, { schema: settings.schema });
    const mirror = new Mirror({ source, target, clock, random });
    mirror.start();
    const running = { mirror, behindSince: undefined };
    this.#running.set(hall, running);
    return running;
  }

  /** What came of it goes into the journal when it changes: the alert follows from there. */
  async #tell(ref: HallRef, isBehind: boolean): Promise<void> {
    const open = await ref.tx
      .selectFrom('casino_alerts')
      .select('id')
      .where('hall_id', '=', ref.hall)
      .where('code', '=', 'MIRROR_BEHIND')
      .where('cleared_at', 'is', null)
      .executeTakeFirst();
    if ((open !== undefined) === isBehind) return;
    const now = new Date(this.#deps.clock.now());
    await recordFact(ref, { kind: 'mirror', state: isBehind ? 'behind' : 'level' }, { now });
  }
}

/** How long rows have been waiting: by the oldest of them, or since the target is out of reach. */
const behindFor = ({ lag }: MirrorStatus, since: Instant | undefined, now: Instant): number =>
  Math.max(lag?.age ?? 0, lag === null && since !== undefined ? now - since : 0);

const rowOf = (status: MirrorStatus, behindSince: Instant | undefined, now: Instant) => ({
  state: status.state === 'stopped' ? ('connecting' as const) : status.state,
  rows_behind: status.lag?.rows ?? 0,
  behind_since: behindSince === undefined ? null : new Date(behindSince),
  error: status.state === 'waiting' ? status.error.message : null,
  told_at: new Date(now),
});
