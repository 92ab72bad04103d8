import { hasGoodCrc } from '../codec/crc.ts';
import { hexByte } from '../codec/hex.ts';
import { wakeup } from '../line/index.ts';
import { exceptions } from '../tables/exceptions.ts';
import type { Exchange } from './exchange.ts';

/**
 * What an answer is: nothing; what we sent ourselves; good; `marked`, good but with ninth bits a machine never sets;
 * `chirp`, the machine calling since it hears nobody; `damaged`, ours to judge by its beginning or its length but
 * not whole; noise; or `unsendable`, when the line could not even ask.
 */
export type Verdict =
  | 'none'
  | 'echo'
  | 'good'
  | 'busy'
  | 'marked'
  | 'chirp'
  | 'damaged'
  | 'noise'
  | 'unsendable';

/** Judges the answer to a poll. `echoes`: the adapter hears itself, so our own bytes come first. */
export function verdict({ sent, heard }: Exchange, echoes: boolean): Verdict {
  const all = heard.map(({ symbol }) => symbol);
  const own = sent.every((symbol, index) => ((all[index] ?? -1) & 0xff) === (symbol & 0xff));
  const answer = echoes && own ? all.slice(sent.length) : all;
  if (answer.length === 0) return echoes && own ? 'echo' : 'none';
  const address = sent[0]! & 0x7f;
  const bytes = answer.map((symbol) => symbol & 0xff);
  if (answer.every((symbol) => symbol === (wakeup | (symbol & 0x7f)) && symbol !== wakeup)) return 'chirp';
  const content = judgeBytes(bytes, address, sent.length === 1 ? undefined : sent[1]! & 0xff);
  return content === 'good' && answer.some((symbol) => symbol & wakeup) ? 'marked' : content;
}

function judgeBytes(bytes: number[], address: number, command: number | undefined): Verdict {
  const whole = bytes.length >= 5 && bytes[0] === address && hasGoodCrc(bytes);
  // A general poll is answered by one byte, an exception, or by a real-time event.
  if (command === undefined) {
    if ((bytes.length === 1 && exceptions.has(hexByte(bytes[0]!))) || (whole && bytes[1] === 0xff))
      return 'good';
    return bytes[0] === address && bytes[1] === 0xff ? 'damaged' : 'noise';
  }
  if (whole && (bytes[1] === command || bytes[1] === 0xff)) return 'good';
  if (bytes.length === 2 && bytes[0] === address && bytes[1] === 0) return 'busy';
  // Two bytes by chance at their places is one in 65 536: this is the answer, and something happened to it.
  return bytes.length > 3 && (bytes[0] === address || bytes[1] === command) ? 'damaged' : 'noise';
}
