import { err, ok, type Result } from '@vakhta/kernel';
import { z } from 'zod';
import type { LineSymbol } from '../line/index.ts';

/**
 * A recorded line is a file of JSON lines (docs/reference/sas-recording.md). The first tells what it is, each of the
 * others is what was heard together on one wire:
 *
 *     {"recording":"sas","version":1,"startedAt":"2026-11-21T12:00:00.000Z"}
 *     {"at":0.573,"from":"host","symbols":"181"}
 *     {"at":5.1,"from":"machine","symbols":"001 01F 000"}
 *
 * `at` is milliseconds since the start, when the last bit of the last symbol was seen. A symbol is three hex
 * digits, the first of them the ninth bit. `from` is `wire` where nobody can tell.
 */
const header = z.strictObject({
  recording: z.literal('sas'),
  version: z.literal(1),
  startedAt: z.iso.datetime(),
});
const entry = z.strictObject({
  at: z.number().nonnegative(),
  from: z.enum(['host', 'machine', 'wire']),
  symbols: z
    .string()
    .regex(/^[01][0-9A-F]{2}( [01][0-9A-F]{2})*$/, 'symbols are three hex digits each, the first 0 or 1'),
});

export type RecordingHeader = z.infer<typeof header>;
/** Who said something; `wire` where nobody can tell. */
export type Speaker = z.infer<typeof entry>['from'];

export interface RecordedMessage {
  /** Milliseconds since the start of the recording. */
  readonly at: number;
  readonly from: Speaker;
  readonly symbols: readonly LineSymbol[];
}

export const symbolsText = (symbols: readonly LineSymbol[]): string =>
  symbols.map((symbol) => symbol.toString(16).toUpperCase().padStart(3, '0')).join(' ');

const micros = (time: number) => Math.round(time * 1000) / 1000;

export const headerLine = (startedAt: string): string =>
  JSON.stringify({ recording: 'sas', version: 1, startedAt } satisfies RecordingHeader);
export const messageLine = ({ at, from, symbols }: RecordedMessage): string =>
  JSON.stringify({ at: micros(at), from, symbols: symbolsText(symbols) });

export interface Recording {
  readonly startedAt: string;
  readonly messages: readonly RecordedMessage[];
}

/** Reads a recorded line; the error names the line of the file and what is wrong with it. */
export function parseRecording(text: string): Result<Recording, string> {
  const lines = text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const messages: RecordedMessage[] = [];
  let startedAt: string | undefined;
  for (const { line, number } of lines) {
    const parsed = parseLine(line, startedAt === undefined ? header : entry);
    if (!parsed.ok) return err(`line ${number}: ${parsed.error}`);
    if ('startedAt' in parsed.value) startedAt = parsed.value.startedAt;
    else {
      const { at, from, symbols } = parsed.value;
      if (at < (messages.at(-1)?.at ?? 0)) return err(`line ${number}: earlier than the line before it`);
      messages.push({ at, from, symbols: symbols.split(' ').map((symbol) => Number.parseInt(symbol, 16)) });
    }
  }
  return startedAt === undefined
    ? err('line 1: the first line says {"recording":"sas",…}')
    : ok({ startedAt, messages });
}

function parseLine(line: string, schema: typeof header | typeof entry) {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return err('this is no JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0]!;
  return err(`${issue.path.join('.') || 'line'}: ${issue.message}`);
}
