import { integerBetween, type Random, sleep, systemClock } from '@vakhta/kernel';
import { until } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import type { Database } from '../apps/server/src/platform/postgres/database.ts';
import type { KillDesk, StruckTv } from './kill-desk.ts';

const ASK_EVERY = 100;

/** Things happen to every TV and commands are asked for, until told to rest. */
export class NodeLoad {
  asked = 0;
  /** Asked of a node that died over it: whether they were taken is for the database to say. */
  unanswered = 0;
  readonly #desk: KillDesk;
  readonly #database: Database;
  readonly #random: Random;
  readonly #commands: ReturnType<KillDesk['commands']>;
  #rests = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(desk: KillDesk, database: Database, random: Random) {
    this.#desk = desk;
    this.#database = database;
    this.#random = random;
    this.#commands = desk.commands(random);
  }

  start(): void {
    this.#work = Promise.all([this.#ask(), ...this.#desk.tvs.map((tv) => this.#strikeAgainAndAgain(tv))]);
  }

  async rest(): Promise<void> {
    this.#rests = true;
    await this.#work;
  }

  /** One more command for each agent, asked again until it is taken: what an agent told before has arrived with its end. */
  async flush(): Promise<void> {
    const wanted = new Map(this.#desk.agents.map(({ id }) => [id, false]));
    const agentOf = await this.#agents();
    await until('each agent was asked once more', async () => {
      const command = this.#commands.next().value;
      const agent = agentOf.get(command.thing)!;
      if (!wanted.get(agent)) wanted.set(agent, await this.#desk.ask(command));
      return ![...wanted.values()].includes(false);
    });
  }

  async #ask(): Promise<void> {
    const answers: Promise<void>[] = [];
    while (!this.#rests) {
      const asking = this.#desk.ask(this.#commands.next().value).then((answered) => {
        this.asked += 1;
        if (!answered) this.unanswered += 1;
      });
      answers.push(asking);
      await sleep(systemClock, ASK_EVERY);
    }
    await Promise.all(answers);
  }

  /** The next change waits until the desk has seen the one before: then each must have been told. */
  async #strikeAgainAndAgain(tv: StruckTv): Promise<void> {
    for (;;) {
      const end = systemClock.monotonic() + integerBetween(this.#random, 500, 6000);
      while (!this.#rests && systemClock.monotonic() < end) await sleep(systemClock, 100);
      if (this.#rests) return;
      await this.#desk.strike(tv);
      const { aroundIt, ofItself } = await this.#desk.truth(tv.address);
      const truth = { ...aroundIt, ...ofItself }[tv.suffers];
      await until(`the desk has seen that ${tv.address.id} is ${truth}`, async () => {
        await sleep(systemClock, 200);
        return (await this.#shown(tv)) === truth;
      });
    }
  }

  async #shown({ thing, suffers }: StruckTv): Promise<unknown> {
    const { rows } = await this.#database.system((tx) =>
      sql<{
        value: unknown;
      }>`select value from thing_state where thing_id = ${thing} and name = ${suffers}`.execute(tx),
    );
    return rows[0]?.value;
  }

  async #agents(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#database.system((tx) =>
      sql<{ id: string; agent_id: string }>`select id, agent_id from things`.execute(tx),
    );
    return new Map(rows.map((row) => [row.id, row.agent_id]));
  }
}
