import { type Duration, days, UsageError } from '@vakhta/kernel';
import type { Message } from '../codec/message.ts';
import { encodeRequest } from '../frames/index.ts';
import { type MessageName, messages } from '../messages/index.ts';
import type { Command, CommandSet } from './command.ts';
import { type CommandProblem, didYouMean } from './command-problems.ts';

type Wrong = Omit<CommandProblem, 'command'>;

/** A poll in between takes 40 to 200 ms: nothing can come oftener. */
const shortestPeriod: Duration = 100;
/** The longest that a timer of Node takes is a little more. */
const longestPeriod: Duration = days(24);

/** Polls of a conversation that the host leads with a journal: one of them alone would tear it. */
const conversations: Partial<Record<MessageName, string>> = {
  aftTransfer: 'money is moved by host.transfer(), which keeps a journal',
  redeemTicket: 'tickets in are paid by the handler validateTicket, which keeps a journal',
  validationNumber: 'tickets out get their number by the handler issueNumber',
};

/** Everything that is wrong with the commands of a set. */
export const commandSetProblems = (set: CommandSet): CommandProblem[] =>
  Object.entries(set).flatMap(([name, command]) =>
    commandProblems(command).map((wrong) => ({ command: name, ...wrong })),
  );

function commandProblems(command: Command): Wrong[] {
  const { poll, fields = {}, every, retries, retryAfter, within, on = [] } = command;
  const declared: Message = messages[poll] as unknown as Message;
  const led = conversations[poll];
  if (led !== undefined) return [{ field: 'poll', rule: `${poll} belongs to the host: ${led}` }];
  return [
    ...fieldProblems(poll, fields),
    ...rangeProblem('every', every, shortestPeriod, longestPeriod),
    ...rangeProblem('retryAfter', retryAfter, shortestPeriod, longestPeriod),
    ...rangeProblem('within', within, 1, longestPeriod),
    ...(retries === undefined || (Number.isInteger(retries) && retries >= 0 && retries <= 100)
      ? []
      : [{ field: 'retries', rule: 'must be a whole number from 0 to 100' }]),
    ...(every === undefined ? [] : byItselfProblem('every', poll, declared)),
    ...(on.length === 0 ? [] : byItselfProblem('on', poll, declared)),
  ];
}

/** Some polls are only sent when somebody says so, each time. */
function byItselfProblem(field: 'every' | 'on', poll: MessageName, { acts, oneShot }: Message): Wrong[] {
  if (acts) return [{ field, rule: `${poll} acts each time it is sent, so it runs only when it is called` }];
  if (oneShot)
    return [{ field, rule: `the answer to ${poll} is to be had once: the host reads it when it is due` }];
  return [];
}

/** What is wrong with the fields of a poll. */
export function fieldProblems(poll: MessageName, fields: Readonly<Record<string, unknown>>): Wrong[] {
  const { code, type, request } = messages[poll] as unknown as Message;
  const known =
    request.kind === 'data'
      ? request.layout.blocks.flat().map(([name]) => name)
      : request.kind === 'raw' && type !== 'R'
        ? ['raw']
        : [];
  const unknown = Object.keys(fields).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const all = known.length === 0 ? 'this poll has no fields' : `its fields are ${known.join(', ')}`;
    return unknown.map((name) => ({
      field: `fields.${name}`,
      rule: `there is no such field${didYouMean(name, known) || `; ${all}`}`,
    }));
  }
  try {
    const crc = type === 'R' ? {} : { crcOk: true };
    encodeRequest({ ...fields, message: 'longPoll', address: 1, command: code, ...crc });
    return [];
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== 'sas.bad_field') throw error;
    const field = String(error.context.field);
    return [{ field: `fields.${field}`, rule: error.message.replace(`${field} `, '') }];
  }
}

const rangeProblem = (
  field: string,
  value: Duration | undefined,
  least: Duration,
  most: Duration,
): Wrong[] =>
  value === undefined || (value >= least && value <= most)
    ? []
    : [{ field, rule: `must be from ${least} ms to ${most / days(1)} days` }];
