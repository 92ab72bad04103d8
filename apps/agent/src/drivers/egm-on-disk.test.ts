import { egmDriver } from '@vakhta/egm/driver';
import { ExceptionFact, Reading, TransferFact, valuesOf } from '@vakhta/egm/facts';
import { type CommandId, minutes, seconds, type ThingId } from '@vakhta/kernel';
import { type LineSymbol, memoryLine } from '@vakhta/sas/line';
import { SimulatedMachine } from '@vakhta/sas/simulator';
import { afterEach, expect, test } from 'vitest';
import { AgentWorld } from '../../test/agent-world.ts';
import type { Agent } from '../main.ts';
import type { WriteKind } from '../outbox/outbox-file.ts';
import type { OutboxLimits } from '../outbox/room.ts';

/**
 * A slot machine, its driver and the agent's own outbox on a real disk: what the server has at the end against what the
 * machine knows it did. The process is killed at every write of either disk.
 */
class SlotWorld extends AgentWorld {
  readonly machine: SimulatedMachine;
  readonly thing: ThingId;
  readonly raised: string[] = [];
  writePoints = 0;
  dieAt = Number.POSITIVE_INFINITY;
  isDead = false;
  #life = 0;
  #isStarting = false;

  constructor(outbox: Partial<OutboxLimits> = {}) {
    super({ outbox });
    const line = memoryLine({ clock: this.clock, symbolTime: 0.573 });
    this.machine = new SimulatedMachine(
      { synced: false, credits: 1000, options: { answerDelayMs: 2 } },
      this,
    );
    this.machine.port.connect(line.machine);
    this.machine.onRaised = (code) => void (told.has(code) && this.raised.push(code));
    this.thing = this.newId<ThingId>();
    const point = () => {
      if (this.#isStarting) return;
      this.writePoints++;
      if (this.writePoints === this.dieAt) this.cutPower();
      if (this.isDead) throw new Error('the process is gone');
    };
    const ofOutbox = (kind: WriteKind) =>
      kind === 'append' || kind === 'accept' || kind === 'finish' ? point() : undefined;
    this.hooks = { beforeWrite: ofOutbox, afterWrite: ofOutbox };
    this.modules = [
      egmDriver({
        storeHooks: { beforeWrite: point, afterWrite: point },
        openLine: () => {
          const life = this.#life;
          const send = (symbols: readonly LineSymbol[]) =>
            life === this.#life ? line.host.send(symbols) : new Promise<never>(() => {});
          return {
            latency: 0,
            closed: new Promise<undefined>(() => {}),
            send,
            receive: line.host.receive.bind(line.host),
            flush: () => line.host.flush(),
            close: async () => {},
          };
        },
      }),
    ];
    const configuration = { line: 'memory:slot' };
    this.peer.things = [{ thing: this.thing, name: 'slot', model: 'egm', configuration }];
  }

  override start(): Agent {
    this.#isStarting = true;
    const agent = super.start();
    this.#isStarting = false;
    return agent;
  }

  cutPower(): void {
    this.isDead = true;
    this.#life++;
    this.agent.kill();
  }

  /** Lets time pass; a process that died is started again. */
  async pass(time: number): Promise<void> {
    for (let passed = 0; passed < time; passed += 500) {
      await this.clock.advance(500);
      if (!this.isDead) continue;
      this.isDead = false;
      this.start();
    }
  }

  events(name: string) {
    return this.peer.log.flatMap((each) =>
      each.kind === 'event' && each.thing === this.thing && each.name === name ? [each.data] : [],
    );
  }

  codes(): string[] {
    return this.events('exception').flatMap((data) => {
      const { code } = ExceptionFact.parse(data);
      return told.has(code) ? [code] : [];
    });
  }
}

const told = new Set(['11', '12', '29', '66']);
let at: SlotWorld;
afterEach(() => at.end());

async function night(dieAt: number): Promise<void> {
  at = new SlotWorld();
  at.dieAt = dieAt;
  at.start();
  await at.pass(5000);
  at.machine.play.door(true);
  await at.pass(1000);
  at.machine.play.door(false);
  for (let n = 0; n < 3; n++) at.machine.raise({ code: '29' });
  await at.pass(5000);
  const input = { transfer: 'D1-7', kind: 'cashable', amountCents: 5000, allowPartial: false };
  at.peer.order({ id: at.newId<CommandId>(), thing: at.thing, action: 'transferToMachine', input });
  await at.pass(8000);
  at.machine.raise({ code: '66' });
  await at.pass(20_000);
}

test('killed at every write of the outbox and of the driver’s journal: the server has every exception once, and money moved at most once', async () => {
  await night(Number.POSITIVE_INFINITY);
  const points = at.writePoints;
  expect(points).toBeGreaterThan(80);
  expect([at.codes(), at.machine.meters.read('00A0')]).toEqual([at.raised, 5000]);
  at.end();
  for (let dieAt = 1; dieAt <= points; dieAt++) {
    await night(dieAt);
    const when = `killed at write point ${dieAt} of ${points}`;
    expect(at.codes(), when).toEqual(at.raised);
    const facts = at.events('transfer').map((data) => TransferFact.parse(data));
    const said = facts.flatMap((fact) => [fact, ...fact.entries]);
    const isDone = said.some(({ status, amountCents }) => status === '00' && amountCents === 5000);
    expect(at.machine.meters.read('00A0'), when).toBe(isDone ? 5000 : 0);
    expect(facts.filter(({ message }) => message === 'sent').length, when).toBeLessThanOrEqual(1);
    const last = Reading.parse(at.events('reading').at(-1));
    expect(valuesOf(last).A0, when).toBe(at.machine.meters.read('00A0'));
    at.end();
  }
  at = new SlotWorld();
  at.start();
}, 300_000);

test('an outbox that is full stops the acknowledging; when the server is back, nothing is lost or doubled', async () => {
  at = new SlotWorld({ maxObservations: 60, reserveObservations: 40 });
  await at.startLinked();
  await at.pass(5000);
  at.isReachable = false;
  at.peer.cut();
  for (let round = 0; round < 12; round++) {
    at.machine.play.door(true);
    at.machine.play.door(false);
    await at.pass(5000);
  }
  expect(at.agent.health().outbox.full).toBe(true);
  expect(at.machine.port.queue.codes(false).length).toBeGreaterThan(0);
  await at.pass(minutes(2));
  expect(at.machine.port.conversation.isSynced).toBe(true);
  at.isReachable = true;
  await at.clock.advanceUntil(() => at.peer.isOpen, minutes(2));
  await at.pass(seconds(60));
  expect(at.codes()).toEqual(at.raised);
  expect(at.codes()).toHaveLength(24);
  expect(at.machine.port.queue.codes(false)).toEqual([]);
});
