import { join } from 'node:path';
import { commandRoutes } from '@vakhta/api';
import { integerBetween, pick, type Random } from '@vakhta/kernel';
import {
  type EnrolledAgent,
  type ProcessGroup,
  type TvAddress,
  TvFleetProcess,
  until,
  VakhtaDesk,
} from '@vakhta/testkit/processes';
import * as z from 'zod';
import type { ToldBy } from './tv-history.ts';

/** A TV that the runs strike, the thing it is on the desk, and what happens to it without the desk's doing. */
export interface StruckTv {
  address: TvAddress;
  thing: string;
  suffers: ToldBy;
}

/** Loudest first: each command of a run asks for another volume. */
const PROFILES = ['philips-8', 'sony-9', 'tcl-11'] as const;
const LOUDEST = 60;
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

export interface KillDeskShape {
  /** What each TV suffers: of some the mains are cut, of some the cable is pulled; at the others somebody presses POWER. */
  suffering: readonly ToldBy[];
  agents: number;
  /** Servers on the one database. */
  nodes: number;
  /** Of commands: long enough for a TV, short enough that what a death left open is soon decided. */
  deadlineMs: number;
}

/** One of everything, and eight TVs. */
const SMALL: KillDeskShape = {
  suffering: ['power', 'power', 'power', 'power', 'power', 'power', 'mains', 'cable'],
  agents: 1,
  nodes: 1,
  deadlineMs: 4000,
};

const TvTruth = z.object({
  mains: z.boolean(),
  cable: z.boolean(),
  wakefulness: z.enum(['Awake', 'Asleep']),
  volume: z.int(),
});

/** A desk of real processes and TVs, under load; its servers and agents are there to be killed. */
export class KillDesk {
  readonly desk: VakhtaDesk;
  readonly agents: readonly EnrolledAgent[];
  readonly fleet: TvFleetProcess;
  readonly tvs: readonly StruckTv[];
  readonly #deadlineMs: number;

  private constructor(parts: Pick<KillDesk, 'desk' | 'agents' | 'fleet' | 'tvs'> & { deadlineMs: number }) {
    this.desk = parts.desk;
    this.agents = parts.agents;
    this.fleet = parts.fleet;
    this.tvs = parts.tvs;
    this.#deadlineMs = parts.deadlineMs;
  }

  /** The first agent. */
  get agent(): EnrolledAgent {
    return this.agents[0]!;
  }

  /** The TVs are shared out among the agents in turn. */
  static async start(
    group: ProcessGroup,
    directory: string,
    databaseUrl: string,
    { suffering, agents: howMany, nodes, deadlineMs }: KillDeskShape = SMALL,
  ): Promise<KillDesk> {
    const fleet = await TvFleetProcess.start(group, {
      count: suffering.length,
      journal: join(directory, 'journal.jsonl'),
      profiles: PROFILES,
      inputDelayMs: 100,
      bootDelayMs: 0,
    });
    const desk = await VakhtaDesk.start({ group, directory, databaseUrl, tls: false, nodes });
    const agents: EnrolledAgent[] = [];
    const tvs: StruckTv[] = [];
    for (let number = 0; number < howMany; number++) {
      const agent = await desk.enrolAgent(`agent-${number + 1}`);
      await agent.start();
      await desk.agentIsHere(agent);
      agents.push(agent);
      const own = fleet.tvs.flatMap((address, index) =>
        index % howMany === number ? [{ address, suffers: suffering[index]! }] : [],
      );
      const things = await desk.addTvs(
        agent,
        own.map(({ address }) => address),
      );
      tvs.push(...own.map((tv, index) => ({ ...tv, thing: things[index]! })));
    }
    await desk.tvsAreRead(tvs.map(({ thing }) => thing));
    return new KillDesk({ desk, agents, fleet, tvs, deadlineMs });
  }

  /** Commands for one run, of which no two ask the same TV for the same. */
  *commands(random: Random): Generator<{ thing: string; action: string; input: object }, never> {
    const asked = new Set<string>();
    const obeying = this.tvs.filter((tv) => tv.suffers === 'power');
    for (;;) {
      const { thing } = pick(random, obeying);
      const [action, input] =
        random.float() < 0.5
          ? ['setVolume', { volume: integerBetween(random, 1, LOUDEST) }]
          : ['pressKey', { key: pick(random, LETTERS) }];
      const key = JSON.stringify([thing, input]);
      if (asked.has(key)) continue;
      asked.add(key);
      yield { thing, action, input };
    }
  }

  /** Asks for one action; false when the server was not there to be asked, or died over it. */
  async ask({ thing, action, input }: { thing: string; action: string; input: object }): Promise<boolean> {
    const body = { things: [thing], action, input: { ...input }, deadlineMs: this.#deadlineMs };
    const asked = this.desk.client.call(commandRoutes.createCommands, { body });
    return asked.then(
      () => true,
      () => false,
    );
  }

  /** Lets what this TV suffers happen to it. */
  async strike({ address, suffers }: StruckTv): Promise<void> {
    const { aroundIt } = await this.truth(address);
    switch (suffers) {
      case 'power':
        return this.fleet.touch(address, 'keys', { code: 26 });
      case 'mains':
        return this.fleet.touch(address, 'relay', { on: aroundIt.mains === 'off' });
      case 'cable':
        return this.fleet.touch(address, 'cable', { plugged: aroundIt.cable !== 'link' });
    }
  }

  /** What is true of a TV. */
  async truth(address: TvAddress) {
    const response = await fetch(address.controlUrl);
    const { mains, cable, wakefulness, volume } = TvTruth.parse(await response.json());
    return {
      isReachable: mains && cable,
      aroundIt: {
        mains: mains ? 'on' : 'off',
        cable: !mains ? 'noLinkExpected' : cable ? 'link' : 'noLinkFault',
      },
      ofItself: { power: wakefulness === 'Awake' ? 'awake' : 'asleep', volume },
    };
  }

  /** Resolves once the desk shows of every TV what is true. */
  async showsTheTruth(shown: () => Promise<ReadonlyMap<string, unknown>>): Promise<void> {
    let missing = '';
    await until('the desk shows the truth', async () => {
      const values = await shown();
      missing = '';
      for (const { address, thing } of this.tvs) {
        const { isReachable, aroundIt, ofItself } = await this.truth(address);
        // Of a TV that cannot be asked, nothing has to be known.
        for (const [name, value] of Object.entries({ ...aroundIt, ...(isReachable && ofItself) }))
          if (values.get(`${thing} ${name}`) !== value)
            missing += `${address.id} ${name}: ${value}, shown ${values.get(`${thing} ${name}`)}; `;
      }
      return missing === '';
    }).catch((error: unknown) => {
      throw new Error(`the desk never showed the truth: ${missing}`, { cause: error });
    });
  }
}
