import type { Layout } from '../codec/layout.ts';
import type { AnyBody, Message } from '../codec/message.ts';
import { messageNames, messages } from '../messages/index.ts';
import { eventData, exceptions, followUps, meters } from '../tables/index.ts';
import { formWords, meaningWords } from './form-words.ts';

/** The reference page, Markdown, from the declarations: what the code does and nothing else. */
export function renderReference(): string {
  const polls = messageNames
    .map((name) => ({ name, message: messages[name] as unknown as Message }))
    .sort((a, b) => a.message.code.localeCompare(b.message.code));
  return `${[
    '# SAS reference',
    'Made from the declarations of `@vakhta/sas` by `npx sas reference`. Requests and answers leave out address, command, length byte and CRC. BCD is most significant byte first, LE least significant first. Confidence: M seen on a live line; 3 and 2: so many readers of the protocol document agree; 1: one source; ?: inferred. Check what is below 3 on a machine before you rely on it.',
    '## Long polls',
    table(
      ['Code', 'Name', 'Type', 'Title', 'Confidence', 'Per denomination', 'Broadcast'],
      polls.map(({ name, message }) => [
        message.code,
        `\`${name}\``,
        message.type,
        message.title,
        message.confidence,
        message.multiDenom ? 'yes' : '',
        message.broadcast ? 'yes' : '',
      ]),
    ),
    ...polls.flatMap(({ name, message }) => [
      `### ${message.code} \`${name}\``,
      `${message.title}. Type ${message.type}, confidence ${message.confidence}.${message.oneShot ? ' The answer is to be had once: the machine forgets it on implied ACK.' : ''}`,
      ...bodyWords('Request', message.request),
      ...bodyWords('Answer', message.response),
    ]),
    '## Exceptions and events',
    'Flags are reported before anything that is queued. Without real-time events an exception is one byte.',
    table(
      ['Code', 'Name', 'Title', 'Kind', 'Mode', 'Confidence', 'Then poll'],
      [...exceptions.values()].map(({ code, name, title, kind, mode, confidence }) => [
        code,
        `\`${name}\``,
        title,
        { queued: 'queue', priority: 'flag', nothing: '' }[kind],
        { both: '', realTimeOnly: 'real-time only', pollOnly: 'not in real time' }[mode],
        String(confidence),
        (followUps[code] ?? []).map(({ poll }) => `\`${poll}\``).join(', '),
      ]),
    ),
    ...Object.entries(eventData).flatMap(([code, layout]) => [
      `### Data of event ${code}`,
      fieldTable(layout as unknown as Layout<object>),
    ]),
    '## Meters',
    'Bytes: fixed size in answers to 2F; 6F and AF carry their own.',
    table(
      ['Code', 'Meter', 'Bytes', 'Unit', 'Notes'],
      [...meters.values()].map(
        ({ code, title, bytes, unit, perGame, period, canFall, deprecated, confidence }) => [
          code,
          title,
          String(bytes),
          unit,
          [
            perGame && 'per game',
            period && 'of a period',
            canFall && 'can fall',
            deprecated && 'deprecated',
            confidence < 2 && `confidence ${confidence}`,
          ]
            .filter(Boolean)
            .join(', '),
        ],
      ),
    ),
  ].join('\n\n')}\n`;
}

function bodyWords(side: string, body: AnyBody): string[] {
  if (body.kind === 'ack') return [`${side}: ACK.`];
  if (body.kind === 'raw') return [`${side}: layout not known; the bytes come as \`raw\`, hex.`];
  if (body.layout.blocks.flat().length === 0) return [`${side}: no data.`];
  return [`${side}${body.counted ? ', with length byte' : ''}:`, fieldTable(body.layout)];
}

function fieldTable(layout: Layout<object>): string {
  const rows = layout.blocks.flatMap((block, index) => [
    ...(index > 0 ? [['*may end here*', '', '']] : []),
    ...block.map(([name, field]) => [`\`${name}\``, formWords(field.form), meaningWords(field)]),
  ]);
  return table(['Field', 'On the wire', 'Unit, meaning'], rows);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
