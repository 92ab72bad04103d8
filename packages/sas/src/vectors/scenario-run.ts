import { isDeepStrictEqual } from 'node:util';
import { seededRandom, unreachable } from '@vakhta/kernel';
import { fromHex, toHex } from '../codec/hex.ts';
import { decodeRequest, decodeResponse, pendingOf } from '../frames/index.ts';
import { type LineSymbol, wakeup } from '../line/index.ts';
import { SimulatedMachine, SteppedClock } from '../simulator/index.ts';
import type { Scenario, ScenarioAction, ScenarioStep } from './scenario-schema.ts';

type StateCheck = Extract<ScenarioStep, { checkState: unknown }>['checkState'];
type Wakeup = Extract<ScenarioStep, { host: string }>['wakeup'];

const defaultClock = '2026-11-21T12:00:00';
const keepAliveEvery = 1000;

/** One machine, one line, a clock that moves by `waitMs` alone. Every step gives what is wrong, or undefined. */
export class ScenarioRun {
  readonly #clock: SteppedClock;
  readonly #machine: SimulatedMachine;
  readonly #address: number;
  #said: LineSymbol[] = [];
  #asked: Uint8Array = new Uint8Array();
  #answer: LineSymbol[] = [];
  #chirps: LineSymbol[] = [];

  constructor(setup: Scenario['setup']) {
    const { identity, options, ...rest } = setup;
    const clock = setup.clock ?? defaultClock;
    this.#clock = new SteppedClock(Date.parse(`${clock}Z`));
    this.#address = setup.address ?? 1;
    this.#machine = new SimulatedMachine(
      {
        ...rest,
        clock,
        identity: { ...identity },
        options: { ...options, completion: 'silence', derivedMeters: false },
      },
      { clock: this.#clock, random: seededRandom(1) },
    );
    this.#machine.port.connectTo((symbols) => void this.#said.push(...symbols));
  }

  step(step: ScenarioStep): string | undefined {
    if ('host' in step) return this.#host(step.host, step.wakeup);
    if ('expect' in step) return this.#expect(step.expect);
    if ('expectDecoded' in step) return this.#expectDecoded(step.expectDecoded);
    if ('waitMs' in step) return this.#wait(step.waitMs, step.keepAlive === true);
    if ('machine' in step) return this.#act(step.machine);
    if ('checkQueue' in step) return this.#checkQueue(step.checkQueue);
    if ('checkState' in step) return this.#checkState(step.checkState);
    if ('expectChirps' in step) return this.#expectChirps(step.expectChirps);
    return unreachable(step);
  }

  #host(hex: string, marked: Wakeup): undefined {
    const bytes = fromHex(hex)!;
    const isMarked = (index: number) => (marked === undefined ? index === 0 : marked !== false && marked.includes(index));
    this.#said = [];
    this.#asked = bytes;
    for (const [index, byte] of bytes.entries())
      this.#machine.port.hear(isMarked(index) ? byte | wakeup : byte, this.#clock.monotonic());
    this.#machine.port.lineIsSilent();
    this.#answer = this.#said;
    this.#said = [];
  }

  #expect(hex: string | null): string | undefined {
    const got = toHex(this.#answer.map((symbol) => symbol & 0xff));
    if (this.#answer.some((symbol) => symbol & wakeup)) return `the answer ${got} has the ninth bit set`;
    return got === (hex ?? '') ? undefined : `got ${got || 'no answer'}`;
  }

  #expectDecoded(fields: Readonly<Record<string, unknown>>): string | undefined {
    if (this.#answer.length === 0) return 'no answer';
    if (this.#answer.some((symbol) => symbol & wakeup)) return 'the answer has the ninth bit set';
    const request = decodeRequest(this.#asked);
    const pending = request.ok ? pendingOf(request.value) : undefined;
    const response = decodeResponse(Uint8Array.from(this.#answer), pending);
    if (!response.ok) return response.error.problem;
    const got = response.value as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields))
      if (!isDeepStrictEqual(got[name], value)) return `${name} is ${JSON.stringify(got[name])}`;
    return undefined;
  }

  #wait(ms: number, keepAlive: boolean): undefined {
    this.#said = [];
    for (let left = ms; left > 0; ) {
      const part = keepAlive ? Math.min(left, keepAliveEvery) : left;
      this.#clock.advance(part);
      left -= part;
      if (keepAlive && part === keepAliveEvery) {
        this.#machine.port.hear(0x80 | wakeup, this.#clock.monotonic());
        this.#machine.port.lineIsSilent();
      }
    }
    this.#chirps = this.#said.filter((symbol) => symbol & wakeup);
    this.#said = [];
  }

  #act(action: ScenarioAction): string | undefined {
    const machine = this.#machine;
    if ('raise' in action) for (const code of action.raise) machine.raise({ code });
    else if ('credits' in action) machine.setCredits(action.credits);
    else if ('meters' in action)
      for (const [code, value] of Object.entries(action.meters)) machine.setMeter(code, value);
    else if ('busy' in action) machine.switches.busy = action.busy;
    else if ('play' in action) machine.play.game(action.play.betCredits, action.play.winCredits);
    else if ('billIn' in action) machine.play.bill(action.billIn.countryCode, action.billIn.billDenomCode);
    else if ('handpay' in action) machine.handpays.add(action.handpay);
    else if ('keyOff' in action) machine.handpays.keyOff();
    else if ('cashOut' in action) machine.play.cashOut();
    else if ('insertTicket' in action) machine.ticketsIn.insert(action.insertTicket.validationData);
    else if ('powerCycle' in action) machine.powerCycle();
    else return unreachable(action);
    return undefined;
  }

  #checkQueue(codes: readonly string[]): string | undefined {
    const { queue, rte } = this.#machine.port;
    const got = queue.codes(rte);
    return isDeepStrictEqual(got, codes) ? undefined : `the queue is ${got.join(' ') || 'empty'}`;
  }

  #checkState({ meters = {}, ...expected }: StateCheck): string | undefined {
    const { port, ledger, switches } = this.#machine;
    const got = {
      credits: ledger.credits,
      synced: port.conversation.isSynced,
      rte: port.rte,
      playEnabled: switches.playEnabled,
    };
    for (const [name, value] of Object.entries(expected))
      if (got[name as keyof typeof got] !== value) return `${name} is ${got[name as keyof typeof got]}`;
    for (const [code, value] of Object.entries(meters))
      if (this.#machine.meters.read(code) !== value) return `meter ${code} is ${this.#machine.meters.read(code)}`;
    return undefined;
  }

  #expectChirps({ min, max }: { min: number; max: number }): string | undefined {
    if (this.#chirps.some((symbol) => symbol !== (this.#address | wakeup))) return 'a chirp is not the address';
    const { length } = this.#chirps;
    return length >= min && length <= max ? undefined : `there were ${length} chirps`;
  }
}
