import { hours, seconds, type Timer } from '@vakhta/kernel';
import {
  type AgentHealth,
  type AgentMessage,
  type Assignment,
  type Connect,
  type Frame,
  LinkClose,
  ServerMessage,
  type SignedOrder,
  type Wire,
} from '@vakhta/link';
import type { DriverLog, ThingModel } from '@vakhta/things';
import type { Recorder } from '../outbox/recorder.ts';
import { Handshake, type HandshakeDeps } from './handshake.ts';
import { parseFrame } from './parse-frame.ts';
import { Sender, type Verdict } from './sender.ts';

const HANDSHAKE_WITHIN = seconds(10);
const PING_EVERY = seconds(10);
/** Two pings unanswered and a half: the other side is gone, whatever TCP thinks. */
const DEAD_AFTER = seconds(25);
const HEALTH_EVERY = seconds(5);
const PULSE_EVERY = seconds(2);
const FLUSH_EVERY = 50;
/** A new handshake measures the server's time anew; a board's crystal drifts by a second or two a day. */
const RENEW_AFTER = hours(12);

interface Software {
  version: string;
  node: string;
  platform: string;
  host: string;
}

export interface SessionDeps extends HandshakeDeps {
  url: string;
  software: Software;
  models: readonly ThingModel[];
  recorder: Recorder;
  connect: Connect;
  log: DriverLog;
  health: () => AgentHealth;
  /** What was confirmed since the last call. */
  pulse: () => Extract<AgentMessage, { type: 'pulse' }>['things'];
  onAssign: (things: readonly Assignment[]) => void;
  onOrder: (order: SignedOrder) => void;
}

export interface SessionEnd {
  code: number;
  reason: string;
  /** Milliseconds it was open, handshake not counted; 0 when it never came so far. */
  openFor: number;
}

type Phase =
  | { is: 'connecting' }
  | { is: 'challenging'; handshake: Handshake }
  | { is: 'proving' }
  | { is: 'open'; since: number; sender: Sender }
  | { is: 'over' };

/** One connection to the server, from the first byte to the last: handshake, batches, orders, signs of life. */
export class LinkSession {
  readonly #deps: SessionDeps;
  readonly #onEnd: (end: SessionEnd) => void;
  readonly #wire: Wire;
  readonly #timers: Timer[] = [];
  #flush: Timer | undefined;
  #phase: Phase = { is: 'connecting' };
  #heardAt: number;

  constructor(deps: SessionDeps, onEnd: (end: SessionEnd) => void) {
    this.#deps = deps;
    this.#onEnd = onEnd;
    this.#heardAt = deps.clock.monotonic();
    this.#wire = deps.connect(deps.url, {
      opened: () => this.#greet(),
      frame: (frame) => {
        this.#heardAt = deps.clock.monotonic();
        this.#onFrame(frame);
      },
      alive: () => {
        this.#heardAt = deps.clock.monotonic();
      },
      closed: (code, reason) => this.#end(code, reason),
    });
    this.#timers.push(
      deps.clock.after(HANDSHAKE_WITHIN, () => {
        if (this.#phase.is !== 'open') this.#cut('the handshake took too long');
      }),
    );
  }

  get isOpen(): boolean {
    return this.#phase.is === 'open';
  }
  /** Everything written is sent and acknowledged. */
  get isIdle(): boolean {
    return this.#phase.is === 'open' && this.#phase.sender.isIdle;
  }

  /** There may be more to send. */
  pump(): void {
    if (this.#phase.is === 'open') this.#phase.sender.pump();
  }

  /** A value waits in the lossy lane: it is written a moment later, together with those that come meanwhile. */
  scheduleFlush(): void {
    if (this.#phase.is !== 'open' || this.#flush) return;
    this.#flush = this.#deps.clock.after(FLUSH_EVERY, () => {
      this.#flush = undefined;
      this.flushValues();
    });
  }

  flushValues(): void {
    const { recorder } = this.#deps;
    if (this.#phase.is !== 'open' || !recorder.hasValuesWaiting) return;
    if (this.#phase.sender.hasRoom) recorder.flushValues();
    if (recorder.hasValuesWaiting) this.scheduleFlush();
  }

  /** Ends the connection with a farewell. */
  close(code: number, reason: string): void {
    if (this.#phase.is === 'over') return;
    this.#wire.close(code, reason);
    this.#end(code, reason);
  }

  /** Ends it without one, as a crash does. */
  abandon(): void {
    this.#release();
    this.#wire.terminate();
  }

  #greet(): void {
    if (this.#phase.is !== 'connecting') return;
    const handshake = new Handshake(this.#deps);
    this.#phase = { is: 'challenging', handshake };
    this.#sendJson(handshake.hello());
  }

  #onFrame(frame: Frame): void {
    switch (this.#phase.is) {
      case 'challenging':
        this.#onChallenge(frame, this.#phase.handshake);
        return;
      case 'proving':
      case 'open':
        this.#onMessage(frame);
        return;
      case 'connecting':
      case 'over':
        return;
    }
  }

  #onChallenge(frame: Frame, handshake: Handshake): void {
    const { software, models, recorder, url, log } = this.#deps;
    const signature = handshake.answer(frame);
    if (signature.ok) {
      this.#phase = { is: 'proving' };
      const { stream } = recorder.outbox.file;
      this.#sendJson({ type: 'proof', signature: signature.value, stream, software, models });
    } else if (signature.error === 'wrong_key') {
      log('error', 'link.server_not_proved', { url });
      this.close(LinkClose.refused, 'the server did not prove the key pinned at enrolment');
    } else {
      this.#violated('a challenge was due');
    }
  }

  #onMessage(frame: Frame): void {
    const message = parseFrame(ServerMessage, frame);
    if (!message) {
      this.#violated('not a message of the server');
      return;
    }
    const phase = this.#phase;
    const { stream } = this.#deps.recorder.outbox.file;
    if (message.type === 'welcome') {
      if (phase.is === 'proving') this.#onWelcome(message);
      else this.#violated('a second welcome');
      return;
    }
    if (phase.is !== 'open') {
      this.#violated(`'${message.type}' before the welcome`);
      return;
    }
    switch (message.type) {
      case 'acknowledge':
        if (message.stream !== stream) {
          this.#violated('an acknowledgement of another stream');
          return;
        }
        this.#judge(phase.sender.onAcknowledge(message.seq));
        return;
      case 'gap':
        if (message.stream !== stream) {
          this.#violated('a gap of another stream');
          return;
        }
        this.#judge(phase.sender.onGap(message.expected));
        return;
      case 'assign':
        this.#deps.onAssign(message.things);
        return;
      case 'order':
        this.#deps.onOrder(message.order);
        return;
    }
  }

  #onWelcome({ acknowledged, things }: ServerMessage & { type: 'welcome' }): void {
    const { clock, recorder } = this.#deps;
    const { outbox } = recorder;
    if (acknowledged > outbox.file.last || acknowledged < outbox.file.acknowledged) {
      // One of the two disks went back in time: numbers would be given twice.
      outbox.renewStream(acknowledged);
      this.close(LinkClose.protocol, 'the stream begins anew');
      return;
    }
    outbox.acknowledge(acknowledged);
    const sender = new Sender({
      outbox,
      clock,
      acknowledged,
      send: (frame) => this.#wire.send(frame),
      onSilence: () => this.#cut('acknowledgements stayed out'),
    });
    this.#phase = { is: 'open', since: clock.monotonic(), sender };
    this.#deps.log('info', 'link.open', { acknowledged, waiting: outbox.file.waiting.count });
    this.#timers.push(
      clock.every(PING_EVERY, () => this.#beat()),
      clock.every(HEALTH_EVERY, () => this.#sendHealth()),
      clock.every(PULSE_EVERY, () => this.#sendPulse()),
    );
    this.#sendHealth();
    this.#deps.onAssign(things);
    sender.pump();
    this.flushValues();
  }

  #judge(verdict: Verdict): void {
    if (verdict === 'nonsense') {
      this.#violated('numbers that were never sent');
      return;
    }
    this.flushValues();
  }

  #beat(): void {
    const { clock } = this.#deps;
    if (this.#phase.is !== 'open') return;
    if (clock.monotonic() - this.#heardAt > DEAD_AFTER) {
      this.#cut('no sign of life');
      return;
    }
    if (clock.monotonic() - this.#phase.since > RENEW_AFTER && this.#phase.sender.isIdle) {
      this.close(1000, 'renewing');
      return;
    }
    this.#wire.ping();
  }

  #sendHealth(): void {
    this.#sendJson({ type: 'health', health: this.#deps.health() } satisfies AgentMessage);
  }

  #sendPulse(): void {
    const { recorder, pulse } = this.#deps;
    // "Still true" must not overtake the value it speaks of.
    if (this.#phase.is !== 'open' || !this.#phase.sender.hasSentAll || recorder.hasValuesWaiting) return;
    const things = pulse();
    if (things.length > 0) this.#sendJson({ type: 'pulse', things } satisfies AgentMessage);
  }

  #sendJson(message: object): void {
    this.#wire.send(JSON.stringify(message));
  }

  #violated(problem: string): void {
    this.#deps.log('error', 'link.protocol_violated', { problem });
    this.close(LinkClose.protocol, problem);
  }

  #cut(problem: string): void {
    if (this.#phase.is === 'over') return;
    this.#wire.terminate();
    this.#end(1006, problem);
  }

  #end(code: number, reason: string): void {
    if (this.#phase.is === 'over') return;
    const openFor = this.#phase.is === 'open' ? this.#deps.clock.monotonic() - this.#phase.since : 0;
    this.#release();
    this.#onEnd({ code, reason, openFor });
  }

  #release(): void {
    if (this.#phase.is === 'open') this.#phase.sender.stop();
    this.#phase = { is: 'over' };
    this.#flush?.cancel();
    for (const timer of this.#timers) timer.cancel();
  }
}
