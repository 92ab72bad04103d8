import {
  type Clock,
  type CommandId,
  type Duration,
  err,
  type Json,
  ok,
  type Result,
  seconds,
  type Timer,
} from '@vakhta/kernel';
import {
  type CommandOrder,
  judgeOrder,
  type ObservationOf,
  type RefusalCode,
  type SignedOrder,
} from '@vakhta/link';
import { type DriverLog, parseValue } from '@vakhta/things';
import type { DriverHost } from '../drivers/driver-host.ts';
import type { Outcome, ThingKeeper } from '../drivers/thing-keeper.ts';
import type { ServerTime } from '../link/server-time.ts';
import type { CommandJournal, JournalState } from '../outbox/command-journal.ts';
import { encodeObservation, type StoredPicture, storedPicture } from '../outbox/encoded-observation.ts';
import type { Recorder } from '../outbox/recorder.ts';

/** After its time is up a driver is given so long to say how the action ended; then nobody knows. */
const ANSWER_WITHIN: Duration = seconds(2);
/** As much as the link carries. */
const MAX_MESSAGE = 2000;
/** A signature takes a while to check: the first TVs of a station are not to wait for those of the last. */
const JUDGED_AT_ONCE = 32;

type CommandObservation = ObservationOf<'command'>;

export interface RunnerDeps {
  agent: CommandOrder['agent'];
  serverKey: string;
  serverTime: ServerTime;
  clock: Clock;
  recorder: Recorder;
  journal: CommandJournal;
  host: DriverHost;
  log: DriverLog;
}

/**
 * Takes orders: judges them, enters them in the journal, has the driver carry them out within their time, and records
 * how they ended. What is not entered does not run; what was entered runs once and ends once.
 */
export class CommandRunner {
  readonly #deps: RunnerDeps;
  readonly #underWay = new Set<Promise<void>>();
  readonly #toJudge: SignedOrder[] = [];
  /** Good orders of this turn, by id: those that come together are entered in the journal together. */
  readonly #toEnter = new Map<CommandId, Entry>();
  #isAbandoned = false;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /** Whatever an earlier life began and did not end: it may have been done, and is never done again. */
  endUnfinished(): number {
    const { journal, recorder } = this.#deps;
    const ids = journal.unfinished();
    for (const id of ids) {
      recorder.outbox.keepRoomForResult();
      void this.#end(id, {
        state: 'unknown',
        code: 'agent_restarted',
        message: 'the agent stopped while the command was under way',
      });
    }
    return ids.length;
  }

  /** Everything taken so far has ended and is written down. */
  async settled(): Promise<void> {
    while (this.#toJudge.length > 0) this.#judgeSome();
    await Promise.all(this.#underWay);
  }

  take(signed: SignedOrder): void {
    if (this.#toJudge.push(signed) === 1) queueMicrotask(() => this.#judgeSome());
  }

  /** Orders that wait to be judged are none of this life any more: where they were entered is closed. */
  abandon(): void {
    this.#isAbandoned = true;
  }

  #judgeSome(): void {
    if (this.#isAbandoned) {
      this.#toJudge.length = 0;
      return;
    }
    for (const signed of this.#toJudge.slice(0, JUDGED_AT_ONCE)) this.#judge(signed);
    this.#toJudge.splice(0, JUDGED_AT_ONCE);
    this.#enterAll();
    if (this.#toJudge.length > 0) setImmediate(() => this.#judgeSome());
  }

  #judge(signed: SignedOrder): void {
    const { agent, serverKey, serverTime, host } = this.#deps;
    const judged = judgeOrder(signed, {
      serverKey,
      agent,
      now: serverTime.now(),
      looksAfter: (thing) => host.looksAfter(thing),
      wasTaken: (id) => isTaken(this.#stateOf(id)),
    });
    if (!judged.ok) {
      this.#onRefusal(judged.error.code, judged.error.order);
      return;
    }
    const order = judged.value;
    // Refused before, because it came too early: it does not become good by waiting.
    if (this.#stateOf(order.id) !== undefined) {
      this.#onRefusal('replayed', order);
      return;
    }

    const plan = planOf(order, host.keeper(order.thing));
    if (!plan.ok) {
      this.#refuse(order, plan.error.code, plan.error.message);
      return;
    }
    this.#toEnter.set(order.id, { order, plan: plan.value });
  }

  #stateOf(id: CommandId): JournalState | undefined {
    return this.#toEnter.has(id) ? 'accepted' : this.#deps.journal.stateOf(id);
  }

  /** A whole station's orders come at once, and each fsync would keep all the TVs behind it waiting. */
  #enterAll(): void {
    const entries = [...this.#toEnter.values()];
    if (entries.length === 0) return;
    this.#toEnter.clear();
    if (this.#accept(entries)) for (const entry of entries) this.#begin(entry);
    // Not all together: then as many as there is room for.
    else for (const entry of entries) if (this.#accept([entry])) this.#begin(entry);
  }

  #begin({ order, plan }: Entry): void {
    const run = this.#run(order, plan).finally(() => this.#underWay.delete(run));
    this.#underWay.add(run);
  }

  /** On disk before the driver hears of it; false when that is not possible, and then an order is left to expire. */
  #accept(entries: readonly Entry[]): boolean {
    const { recorder, journal, log } = this.#deps;
    const accepted = recorder.outbox.writeNow(
      'accept',
      entries.map(({ order }) => this.#observation(order.id, { state: 'accepted' })),
      {
        keepRoom: entries.length,
        also: () => {
          for (const { order } of entries) journal.enter(order.id, 'accepted', order.notAfter);
        },
      },
    );
    const commands = entries.map(({ order }) => order.id);
    if (!accepted.ok) log('error', 'command.not_accepted', { commands, reason: accepted.error });
    return accepted.ok;
  }

  async #run(order: CommandOrder, { keeper, input }: Plan): Promise<void> {
    const { clock, serverTime, log } = this.#deps;
    const { id, thing, action } = order;
    const remaining = order.notAfter - serverTime.now();
    const controller = new AbortController();
    const deadline = clock.after(remaining, () =>
      controller.abort(new DOMException('time is up', 'TimeoutError')),
    );
    const silence = silenceAfter(clock, remaining + ANSWER_WITHIN);
    log('info', 'command.begun', { command: id, thing, action, remaining });
    const outcome = await Promise.race([
      keeper
        .act(action, input, { deadline: clock.now() + remaining, signal: controller.signal })
        .catch((error: unknown): Outcome => {
          log('error', 'command.driver_threw', { command: id, thing, action, error });
          return { state: 'unknown', code: 'driver_error', message: String(error) };
        }),
      silence.outcome,
    ]);
    deadline.cancel();
    silence.timer.cancel();
    log('info', 'command.ended', { command: id, thing, action, state: outcome.state });
    await this.#end(id, outcome, thing);
  }

  #end(id: CommandId, outcome: Outcome, thing?: CommandOrder['thing']): Promise<void> {
    const { recorder, journal } = this.#deps;
    const { result, picture } = this.#result(id, outcome);
    const values = thing === undefined || recorder.outbox.isFull ? [] : recorder.takeValues(thing);
    return recorder.outbox.writeResult([...values, result], () => journal.end(id, result.state), picture);
  }

  /** The outcome as it travels. One that can not be carried is a bug of the driver, and then what was done is unknown. */
  #result(id: CommandId, outcome: Outcome): { result: CommandObservation; picture?: StoredPicture } {
    const picture = 'picture' in outcome && outcome.picture ? storedPicture(outcome.picture) : undefined;
    try {
      const { picture: given, ...rest } = { picture: undefined, ...outcome };
      const lost = given && !picture ? 'the picture is too large to be sent' : undefined;
      const message = [('message' in rest && rest.message) || undefined, lost].filter(Boolean).join('; ');
      const result = this.#observation(id, {
        ...(rest as Omit<CommandObservation, 'kind' | 'command' | 'at'>),
        message: message === '' ? undefined : message.slice(0, MAX_MESSAGE),
        picture: picture?.header.sha256,
      });
      encodeObservation(result);
      return { result, picture };
    } catch (error) {
      this.#deps.log('error', 'command.bad_outcome', { command: id, error });
      const message = 'the driver answered with something that can not be carried';
      return { result: this.#observation(id, { state: 'unknown', code: 'bad_outcome', message }) };
    }
  }

  /**
   * A refusal is told as the command's outcome only where that can be no other's: never for an order whose signature is
   * not good, that is another agent's, or that was taken before and has an outcome already.
   */
  #onRefusal(code: RefusalCode, order: CommandOrder | undefined): void {
    const { agent, recorder, log } = this.#deps;
    if (order && order.agent === agent && this.#stateOf(order.id) === undefined) {
      this.#refuse(order, code, refusalText[code]);
      return;
    }
    log('error', 'command.order_refused', { code, command: order?.id });
    recorder.outbox.note('order_refused', {
      code,
      ...(order && { command: order.id, agent: order.agent, thing: order.thing, action: order.action }),
    });
  }

  #refuse(order: CommandOrder, code: string, message: string): void {
    const { recorder, journal, log } = this.#deps;
    log('warn', 'command.refused', { command: order.id, thing: order.thing, code, message });
    const refused = this.#observation(order.id, {
      state: 'refused',
      code,
      message: message.slice(0, MAX_MESSAGE),
    });
    const written = recorder.outbox.writeNow('refuse', [refused], {
      also: () => journal.enter(order.id, 'refused', order.notAfter),
    });
    if (!written.ok)
      log('error', 'command.refusal_not_written', { command: order.id, reason: written.error });
  }

  #observation(
    command: CommandId,
    rest: Omit<CommandObservation, 'kind' | 'command' | 'at'>,
  ): CommandObservation {
    return { kind: 'command', command, ...rest, at: this.#deps.recorder.now() };
  }
}

const refusalText: Record<RefusalCode, string> = {
  bad_signature: 'the signature is not the server’s',
  expired: 'the deadline is past',
  not_for_me: 'this agent does not look after the thing',
  replayed: 'the command was taken before',
  not_yet_valid: 'the deadline is further ahead than an order may last',
};

/** An id whose order was refused was heard of, but not taken: the judge may say again why it is refused. */
const isTaken = (state: string | undefined): boolean => state !== undefined && state !== 'refused';

interface Plan {
  keeper: ThingKeeper;
  /** With the model's defaults filled in. */
  input: Record<string, Json>;
}

/** An order that is good and can be carried out. */
interface Entry {
  order: CommandOrder;
  plan: Plan;
}

/** How an order that is good in itself is carried out, or why it cannot be, here and now. */
function planOf(
  order: CommandOrder,
  keeper: ThingKeeper | undefined,
): Result<Plan, { code: string; message: string }> {
  if (!keeper?.model || !keeper.isRunning)
    return err({
      code: 'driver_not_running',
      message: keeper?.health().problem ?? 'the driver of this thing is not running',
    });
  const { actions, id } = keeper.model;
  const affordance = Object.hasOwn(actions, order.action) ? actions[order.action] : undefined;
  if (!affordance) return err({ code: 'no_such_action', message: `${id} has no action '${order.action}'` });
  const input = parseValue(affordance.input ?? { type: 'object' }, order.input);
  if (!input.ok) return err({ code: 'invalid_input', message: input.error.message });
  // An object schema yields an object, and what came as JSON is JSON.
  return ok({ keeper, input: input.value as Record<string, Json> });
}

function silenceAfter(clock: Clock, delay: Duration): { outcome: Promise<Outcome>; timer: Timer } {
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  const timer = clock.after(delay, () =>
    resolve({ state: 'unknown', code: 'no_answer', message: 'the driver did not say how it ended' }),
  );
  return { outcome, timer };
}
