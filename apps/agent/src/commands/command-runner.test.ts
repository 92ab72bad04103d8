import { createHash } from 'node:crypto';
import { type AgentId, type CommandId, hours, seconds } from '@vakhta/kernel';
import { generateSigningKey, type SignedOrder, signOrder } from '@vakhta/link';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentWorld } from '../../test/agent-world.ts';

let at: AgentWorld;
let lamp: ReturnType<AgentWorld['lamp']>;
beforeEach(async () => {
  at = new AgentWorld();
  lamp = at.lamp();
  at.peer.things = [lamp];
  await at.startLinked();
});
afterEach(() => at.end());

const dim = (to = 40) => ({ id: at.newId<CommandId>(), thing: lamp.thing, action: 'dim', input: { to } });
const acts = () =>
  at.workshop.lamps.flatMap((each) => each.acts.map(({ action, input }) => ({ action, ...input })));
const resend = (order: SignedOrder) => at.peer.send({ type: 'order', order });
const refusals = () =>
  at.peer
    .events('order_refused')
    .map((each) => each.kind === 'agent' && (each.data as { code: string }).code);

test('an order is carried out once and its life is in the log: accepted, then how it ended, as observed', async () => {
  at.workshop.act = async (lamp) => {
    await lamp.report.property('brightness', 40);
    return { state: 'succeeded', observed: true, evidence: { readBack: 40 } };
  };
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(100);
  expect(acts()).toEqual([{ action: 'dim', to: 40 }]);
  expect(at.peer.log.slice(-3)).toMatchObject([
    { kind: 'command', state: 'accepted' },
    // Who reads "succeeded" finds the value already changed.
    { kind: 'property', name: 'brightness', value: 40 },
    { kind: 'command', state: 'succeeded', observed: true, evidence: { readBack: 40 } },
  ]);
});

test('the driver hears of an order only when it is on disk as accepted', async () => {
  const moments: string[] = [];
  at.agent.kill();
  at.hooks = { afterWrite: (kind) => moments.push(kind) };
  await at.startLinked();
  moments.length = 0;
  at.workshop.act = async () => {
    moments.push('act');
    return { state: 'succeeded', observed: false };
  };
  at.peer.order(dim());
  await at.clock.advance(1);
  await at.clock.settle();
  expect(moments.slice(0, 3)).toEqual(['accept', 'act', 'finish']);
});

test('an order that came in the last moment of a life is not judged after it', async () => {
  let isLast = false;
  const { connect } = at;
  at.connect = (url, handlers) =>
    connect(url, {
      ...handlers,
      frame(frame) {
        handlers.frame(frame);
        if (isLast) at.agent.kill();
      },
    });
  await at.restart();
  isLast = true;
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(100);
  expect([acts(), at.peer.life(order.id)]).toEqual([[], []]);
});

/** Orders that must not be carried out, with the code each is refused by. */
const bad = (): [code: string, make: () => SignedOrder][] => {
  const agent = at.config.identity.agent;
  const notAfter = at.serverNow() + seconds(10);
  return [
    ['bad_signature', () => signOrder(generateSigningKey().key, { ...dim(), agent, notAfter })],
    [
      'bad_signature',
      () => {
        const signed = signOrder(at.peer.key, { ...dim(40), agent, notAfter });
        return { ...signed, payload: signed.payload.replace('40', '41') };
      },
    ],
    ['expired', () => signOrder(at.peer.key, { ...dim(), agent, notAfter: at.serverNow() - 1 })],
    ['not_for_me', () => signOrder(at.peer.key, { ...dim(), agent: at.newId<AgentId>(), notAfter })],
    ['not_for_me', () => signOrder(at.peer.key, { ...dim(), agent, thing: at.newId(), notAfter })],
    [
      'not_yet_valid',
      () => signOrder(at.peer.key, { ...dim(), agent, notAfter: at.serverNow() + seconds(91) }),
    ],
  ];
};
const codesInLog = () =>
  at.peer.log.flatMap((each) => {
    if (each.kind === 'command' && each.state === 'refused') return [each.code];
    if (each.kind === 'agent' && each.name === 'order_refused') return [(each.data as { code: string }).code];
    return [];
  });

/** Orders that reach the agent within one turn, as those of one system call do. */
const orderTogether = async (orders: readonly ReturnType<typeof dim>[]) => {
  at.agent.kill();
  const { connect } = at;
  let hear: (frame: string) => void = () => {};
  at.connect = (url, handlers) => {
    hear = handlers.frame;
    return connect(url, handlers);
  };
  await at.startLinked();
  const whole = { agent: at.config.identity.agent, notAfter: at.serverNow() + seconds(10) };
  for (const order of orders)
    hear(JSON.stringify({ type: 'order', order: signOrder(at.peer.key, { ...order, ...whole }) }));
  await at.clock.advance(500);
};

test('orders that come together are entered together, and one that comes twice among them runs once', async () => {
  const entered: string[] = [];
  at.hooks.afterWrite = (kind) => entered.push(kind);
  const orders = [dim(1), dim(2), dim(3)];
  await orderTogether([...orders, orders[0]!]);
  expect(acts()).toEqual([1, 2, 3].map((to) => ({ action: 'dim', to })));
  for (const order of orders) expect(at.peer.life(order.id)[0]).toBe('accepted');
  expect(entered.filter((kind) => kind === 'accept')).toHaveLength(1);
  expect(refusals()).toEqual(['replayed']);
});

test('of orders that come together as many run as there is room for', async () => {
  at.end();
  at = new AgentWorld({ outbox: { maxObservations: 30, reserveObservations: 28 } });
  lamp = at.lamp();
  at.peer.things = [lamp];
  await at.startLinked();
  const orders = Array.from({ length: 40 }, (_, index) => dim(index));
  await orderTogether(orders);
  const ran = acts().length;
  expect(ran).toBeGreaterThan(1);
  expect(ran).toBeLessThan(orders.length);
  expect(orders.filter((order) => at.peer.life(order.id)[0] === 'accepted')).toHaveLength(ran);
});

test('altered, expired, re-addressed and early orders are refused by the right code, after a restart too', async () => {
  const orders = bad().map(([code, make]) => [code, make()] as const);
  for (const [, order] of orders) resend(order);
  await at.clock.advance(500);
  expect(codesInLog()).toEqual(orders.map(([code]) => code));
  at.peer.log.length = 0;
  await at.restart();
  for (const [, order] of orders) resend(order);
  await at.clock.advance(500);
  expect(codesInLog()).toEqual(orders.map(([code]) => code));
  expect(acts()).toEqual([]);
});

test('an order that came too early does not become good by waiting', async () => {
  const early = { ...dim(), notAfter: at.serverNow() + seconds(100) };
  const signed = at.peer.order(early);
  await at.clock.advance(seconds(80));
  resend(signed);
  await at.clock.advance(500);
  expect(at.peer.life(early.id)).toEqual(['refused not_yet_valid']);
  expect(refusals()).toEqual(['replayed']);
  expect(acts()).toEqual([]);
});

test('a replay is refused, after a restart too, and the first outcome stands', async () => {
  const order = dim();
  const signed = at.peer.order(order);
  await at.clock.advance(500);
  resend(signed);
  await at.clock.advance(500);
  await at.restart();
  resend(signed);
  await at.clock.advance(seconds(30));
  resend(signed);
  await at.clock.advance(500);
  expect(refusals()).toEqual(['replayed', 'replayed', 'expired']);
  expect(at.peer.life(order.id)).toEqual(['accepted', 'succeeded']);
  expect(acts()).toHaveLength(1);
});

test('a command under way when the power went is unknown afterwards, and never run again', async () => {
  at.workshop.act = () => new Promise(() => {});
  const order = dim();
  const signed = at.peer.order(order);
  await at.clock.advance(500);
  await at.restart();
  resend(signed);
  await at.clock.advance(500);
  expect(at.peer.life(order.id)).toEqual(['accepted', 'unknown agent_restarted']);
  expect(acts()).toHaveLength(1);
});

test('a crash at any write leaves an order either never begun or ended, and never run twice', async () => {
  for (let crashAt = 1; crashAt <= 8; crashAt++) {
    let writes = 0;
    const crash = () => {
      writes += 1;
      if (writes !== crashAt) return;
      at.agent.kill();
      throw new Error('power cut');
    };
    at.agent.kill();
    at.hooks = {};
    await at.startLinked();
    const before = acts().length;
    at.hooks.beforeWrite = crash;
    at.hooks.afterWrite = crash;
    const order = dim();
    const signed = at.peer.order(order);
    await at.clock.advance(seconds(3));
    at.agent.kill();
    at.hooks = {};
    await at.startLinked();
    resend(signed);
    await at.clock.advance(seconds(1));
    const life = at.peer.life(order.id);
    const ran = acts().length - before;
    const where = `crash at write ${crashAt}: ran ${ran} times, ${life}`;
    // Between the entry on disk and the driver nothing can be known: unknown, without having run, is the price.
    expect(ran, where).toBeLessThanOrEqual(1);
    expect(life, where).toEqual(['accepted', expect.stringMatching(/^(succeeded|unknown agent_restarted)$/)]);
    if (life[1] === 'succeeded') expect(ran, where).toBe(1);
  }
});

test('when the driver crashes under a command, what was done is unknown', async () => {
  at.workshop.act = (lamp) => {
    lamp.crash(new Error('the lamp fell down'));
    return new Promise(() => {});
  };
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(500);
  expect(at.peer.life(order.id)).toEqual(['accepted', 'unknown driver_crashed']);
});

test('a driver that throws over an action leaves it unknown and goes on', async () => {
  at.workshop.act = async () => {
    throw new Error('confused');
  };
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(500);
  expect(at.peer.life(order.id)).toEqual(['accepted', 'unknown driver_error']);
  expect(at.agent.health().drivers).toMatchObject([{ state: 'running', restarts: 0 }]);
});

test("the deadline is the server's, kept by the monotonic clock: the driver is told, then silence is unknown", async () => {
  at.workshop.act = () => new Promise(() => {});
  const order = dim();
  at.peer.order({ ...order, notAfter: at.serverNow() + seconds(5) });
  await at.clock.advance(seconds(1));
  at.clock.jump(hours(5));
  await at.clock.advance(seconds(3.9));
  const { signal } = at.workshop.lamp(lamp.thing).acts[0]!.context;
  expect(signal.aborted).toBe(false);
  await at.clock.advance(200);
  expect(signal.aborted).toBe(true);
  await at.clock.advance(seconds(2.2));
  expect(at.peer.life(order.id)).toEqual(['accepted', 'unknown no_answer']);
});

test('an order the model or the driver cannot carry out is refused and says why', async () => {
  const unknownAction = { ...dim(), action: 'explode' };
  const inherited = { ...dim(), action: 'toString' };
  const badInput = dim(101);
  const extra = { ...dim(), input: { to: 1, twice: true } };
  for (const order of [unknownAction, inherited, badInput, extra]) at.peer.order(order);
  await at.clock.advance(100);
  at.workshop.lamp(lamp.thing).crash(new Error('gone'));
  await at.clock.settle();
  const orphan = dim();
  at.workshop.openError = new Error('no socket');
  await at.clock.advance(5);
  at.peer.order(orphan);
  await at.clock.advance(300);
  const lives = [unknownAction, inherited, badInput, extra, orphan].map(({ id }) => at.peer.life(id));
  expect(lives).toEqual([
    ['refused no_such_action'],
    ['refused no_such_action'],
    ['refused invalid_input'],
    ['refused invalid_input'],
    ['refused driver_not_running'],
  ]);
  expect(acts()).toEqual([]);
});

test('a picture arrives before the result that names it, from the disk if need be', async () => {
  const bytes = new Uint8Array(500_000).map((_, i) => i % 251);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  at.workshop.act = async () => ({
    state: 'succeeded',
    observed: true,
    picture: { contentType: 'image/png', bytes },
  });
  at.peer.treat = () => 'lose';
  at.peer.arrivals.length = 0;
  at.peer.order({ ...dim(), action: 'photograph', input: {} });
  await at.clock.advance(500);
  expect(at.peer.arrivals).toEqual(['observations', `picture ${sha256}`, 'observations']);

  at.peer.treat = () => 'apply';
  at.peer.pictures.clear();
  await at.restart();
  expect(at.peer.pictures.get(sha256)).toEqual(bytes);
  const result = at.peer.log.find((each) => each.kind === 'command' && each.state === 'succeeded');
  expect(result).toMatchObject({ picture: sha256, observed: true });
});

test('an outcome that cannot be carried is a bug of the driver, and what was done is unknown', async () => {
  at.workshop.act = async () => ({ state: 'succeeded', observed: true, evidence: Number.NaN });
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(500);
  expect(at.peer.life(order.id)).toEqual(['accepted', 'unknown bad_outcome']);
});

test('an order that cannot be written down is not carried out', async () => {
  at.agent.kill();
  let full = false;
  at.hooks = {
    beforeWrite() {
      if (full) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    },
  };
  await at.startLinked();
  full = true;
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(1000);
  full = false;
  await at.clock.advance(seconds(20));
  expect(acts()).toEqual([]);
  expect(at.peer.life(order.id)).toEqual([]);
  expect(at.peer.events('disk_full')).toHaveLength(1);
  expect(at.peer.events('disk_recovered')).toHaveLength(1);
});

test('a result that the full disk does not take waits for it and is not lost', async () => {
  at.agent.kill();
  let full = false;
  at.hooks = {
    beforeWrite() {
      if (full) throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    },
  };
  await at.startLinked();
  at.workshop.act = async () => {
    full = true;
    return { state: 'succeeded', observed: true };
  };
  const order = dim();
  at.peer.order(order);
  await at.clock.advance(seconds(5));
  expect(at.peer.life(order.id)).toEqual(['accepted']);
  full = false;
  await at.clock.advance(seconds(20));
  expect(at.peer.life(order.id)).toEqual(['accepted', 'succeeded']);
});
