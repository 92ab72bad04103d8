import { AppError, type Json, seededRandom, sleep, systemClock } from '@vakhta/kernel';
import { until } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import { FaultCount } from './fault-plan.ts';
import {
  compareChanges,
  compareCommands,
  compareNumbers,
  compareRemains,
  readCommands,
  readLog,
  wasSeen,
} from './kill-comparison.ts';
import type { KillDesk } from './kill-desk.ts';
import { type Death, type KillKind, killKinds, planKills } from './kill-plan.ts';
import { type Remains, readRemains } from './outbox-remains.ts';
import { changesIn, effectsIn } from './tv-history.ts';

/** So often a command is asked for while the processes die. */
const ASK_EVERY = 60;

export interface KillRunResult {
  faults: FaultCount<KillKind>;
  changes: number;
  /** Changes that one life of the agent saw from before to after: these must have been told. */
  changesOwed: number;
  /** Observations that lay on the disk of an agent when it died. */
  promises: number;
  /** How many commands ended in which state. */
  commands: Map<string, number>;
  /** Everything in which the desk differs from what the TVs know. Empty is right. */
  differences: string[];
}

/** Runs on one desk, one after another: each begins where the last one healed. */
export class KillRuns {
  readonly #desk: KillDesk;
  readonly #database: Database;
  readonly #agentDeaths: number[] = [];
  #seen = { journal: 0, log: 0, commands: 0 };

  constructor(desk: KillDesk, database: Database) {
    this.#desk = desk;
    this.#database = database;
  }

  /**
   * Kills the server and the agent as the seed says, while commands are asked for and things happen to every TV; then
   * starts what is dead, waits until the desk shows the truth, and compares it with the TVs' own journal.
   */
  async run(seed: number): Promise<KillRunResult> {
    const random = seededRandom(seed);
    const plan = planKills(random);
    const faults = new FaultCount(killKinds);
    const remains: Remains[] = [];
    const commands = this.#desk.commands(random);
    const { desk, agent, fleet, tvs } = this.#desk;

    const server = {
      process: () => desk.server,
      start: () => desk.startServer(),
      died: (young: boolean) =>
        faults.add(young ? 'server killed while starting' : 'server killed while serving'),
    };
    const agentLife = {
      process: () => agent.process,
      start: () => agent.start(),
      died: (young: boolean) => {
        faults.add(young ? 'agent killed while starting' : 'agent killed while working');
        this.#agentDeaths.push(systemClock.now());
        remains.push(...readRemains(agent.data));
      },
    };
    let striking = true;
    const asking = async () => {
      const answers: Promise<boolean>[] = [];
      while (striking) {
        answers.push(this.#desk.ask(commands.next().value));
        await sleep(systemClock, ASK_EVERY);
      }
      await Promise.all(answers);
    };
    const happening = tvs.map(async (tv) => {
      await sleep(systemClock, Math.floor(random.float() * 2500));
      await this.#desk.strike(tv);
    });
    const resetting = plan.resets.map(async (at) => {
      await sleep(systemClock, at);
      await fleet.touch(tvs[Math.floor(random.float() * 6)]!.address, 'faults', { drop: 'reset' });
      faults.add('connection to a TV reset');
    });
    const dying = [dieAndRise(server, plan.deaths.server), dieAndRise(agentLife, plan.deaths.agent)];
    const load = asking();
    await Promise.all([...happening, ...resetting, ...dying]);
    striking = false;
    await load;

    await this.#settle(commands);
    return { faults, ...(await this.#compare(remains)) };
  }

  /** Resolves when the desk is whole again and everything that was on its way has arrived. */
  async #settle(commands: ReturnType<KillDesk['commands']>): Promise<void> {
    const { desk, agent } = this.#desk;
    await desk.agentIsHere(agent);
    await this.#desk.showsTheTruth(() => this.#state());
    await this.#commandsHaveEnded();
    // A last command: the agent sends in order, so what it reported before has arrived when this one's end has.
    const asked = await this.#desk.ask(commands.next().value);
    if (!asked) throw new AppError('faults.not_healed', 'the healed desk does not take a command');
    await this.#commandsHaveEnded();
    const last = (await readCommands(this.#database)).at(-1);
    if (last?.state !== 'succeeded')
      throw new AppError('faults.not_healed', `the healed desk ended a command as ${last?.state}`);
    await this.#desk.showsTheTruth(() => this.#state());
  }

  #commandsHaveEnded = () =>
    until('every command has ended', async () => {
      const open = (await readCommands(this.#database)).filter(({ state }) =>
        ['queued', 'delivered', 'accepted'].includes(state),
      );
      return open.length === 0;
    });

  async #state(): Promise<ReadonlyMap<string, unknown>> {
    const { rows } = await this.#database.system((tx) =>
      sql<{
        key: string;
        value: Json;
      }>`select thing_id || ' ' || name as key, value from thing_state`.execute(tx),
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  async #compare(remains: readonly Remains[]): Promise<Omit<KillRunResult, 'faults'>> {
    const seen = this.#seen;
    const { fleet, tvs } = this.#desk;
    const journal = await fleet.journal();
    const log = await readLog(this.#database);
    const all = await readCommands(this.#database);
    this.#seen = { journal: journal.length, log: log.at(-1)?.id ?? 0, commands: all.length };

    const since = journal[seen.journal]?.at ?? Number.POSITIVE_INFINITY;
    const fresh = journal.slice(seen.journal);
    const changes = changesIn(journal).filter((change) => change.at >= since);
    const commands = all.slice(seen.commands);
    const witness = { log, since: seen.log, agentDeaths: this.#agentDeaths };
    const tvOf = new Map(tvs.map(({ thing, address }) => [thing, address.id]));
    const thingOf = new Map(tvs.map(({ thing, address }) => [address.id, thing]));
    return {
      changes: changes.length,
      changesOwed: changes.filter((change) => wasSeen(thingOf.get(change.tv)!, change, witness)).length,
      promises: remains.reduce((sum, { rows }) => sum + rows.length, 0),
      commands: countBy(commands.map(({ state }) => state)),
      differences: [
        ...compareNumbers(log),
        ...compareRemains(log, remains),
        ...compareCommands(commands, effectsIn(fresh), tvOf),
        ...tvs.flatMap(({ thing, address, suffers }) => {
          const own = changes.filter(({ tv, property }) => tv === address.id && property === suffers);
          return compareChanges(thing, suffers, own, witness);
        }),
      ],
    };
  }
}

export interface Mortal {
  process(): { end(signal: 'SIGKILL'): Promise<void> };
  /** Resolves when it is at work; rejects when it was killed before that. */
  start(): Promise<void>;
  /** Told of each death; `young` when it had not come to work yet. */
  died(young: boolean): void;
}

/** Lets a process, which is at work, die as often as planned, and rise again. */
export async function dieAndRise(mortal: Mortal, deaths: readonly Death[]): Promise<void> {
  let working: Promise<boolean> = Promise.resolve(true);
  let atWork = true;
  for (const { after, deadFor } of deaths) {
    await sleep(systemClock, after);
    await mortal.process().end('SIGKILL');
    mortal.died(!atWork);
    await working;
    await sleep(systemClock, deadFor);
    atWork = false;
    working = mortal.start().then(
      () => {
        atWork = true;
        return true;
      },
      () => false,
    );
  }
  if (!(await working)) throw new AppError('faults.did_not_rise', 'a process did not start again');
}

function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
