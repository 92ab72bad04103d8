import { type Clock, type Duration, sleep } from '@vakhta/kernel';
import { toHex } from '../../codec/hex.ts';
import type { RequestFields, ResponseFields } from '../../codec/message.ts';
import {
  decodeResponse,
  type EventAnswer,
  encodeRequest,
  longPollTo,
  type Response,
} from '../../frames/index.ts';
import type { Line } from '../../line/index.ts';
import { type MessageName, type Messages, messages } from '../../messages/index.ts';
import type { PollFailureCode, PollOutcome } from '../polls/poll-outcome.ts';
import { fieldsOf, fits, mostTries } from './answers.ts';
import { Wire } from './wire.ts';

export interface PollOnceOptions {
  readonly line: Line;
  readonly clock: Clock;
  readonly address: number;
  /** A real-time event went before the answer; the machine has it told and forgets it. */
  readonly onEvent?: (event: EventAnswer) => void;
}

const syncPoll = encodeRequest({ message: 'generalPoll', address: 0 });
/** Facts 1.3: from one poll to the next. */
const pause: Duration = 200;
/** Busy, refused or interrupted so often, it is left. */
const mostTurns = 5;

/**
 * One long poll without a host: no general poll goes out, so no exception is taken from the machine. It must not be
 * used on a line that a host polls.
 */
export async function pollOnce<N extends MessageName>(
  { line, clock, address, onEvent = () => {} }: PollOnceOptions,
  poll: N,
  fields: RequestFields<Messages[N]>,
): Promise<PollOutcome<ResponseFields<Messages[N]>>> {
  const wire = new Wire({ line, clock, onChirp: () => {} });
  const bytes = encodeRequest(longPollTo(address, poll, fields));
  const command = messages[poll].code;
  let sent = 0;
  let damaged = false;
  const failed = (code: PollFailureCode) => ({ ok: false, error: { code, sent } }) as const;

  /** The same poll until something is heard that can be its answer; the repeat is the implied NACK. */
  const answer = async (): Promise<{ response: Response; frame: string } | undefined> => {
    for (let tries = 1; ; tries++) {
      sent++;
      const heard = await wire.ask({ bytes, address, pending: command });
      const response = heard.kind === 'message' ? decodeResponse(heard.bytes, command) : undefined;
      if (heard.kind === 'message' && response?.ok && fits(response.value, address, command))
        return { response: response.value, frame: toHex(heard.bytes) };
      damaged ||= heard.kind !== 'silence';
      if (tries >= mostTries(command, damaged)) return undefined;
      await sleep(clock, pause);
    }
  };

  for (let turn = 1; ; turn++) {
    // Synchronises, and acknowledges what was answered before (facts 1.5, 1.6).
    await wire.say(syncPoll);
    const heard = await answer();
    if (!heard) return failed(damaged ? 'sas.damaged' : 'sas.silent');
    const { response, frame } = heard;
    if (response.message === 'data' || response.message === 'ack') await wire.say(syncPoll);
    if (response.message === 'ack') return { ok: true, kind: 'ack' };
    if (response.message === 'data')
      // By the declaration of the command that was sent.
      return {
        ok: true,
        kind: 'data',
        fields: fieldsOf(response) as ResponseFields<Messages[N]>,
        frame,
      };
    if (response.message === 'event') onEvent(response);
    if (turn === mostTurns) return failed(noAnswer(response.message));
    await sleep(clock, pause);
  }
}

const noAnswer = (last: Response['message']): PollFailureCode =>
  last === 'busy' ? 'sas.busy' : last === 'nack' ? 'sas.refused' : 'sas.silent';
