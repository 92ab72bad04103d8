import { known, type Reader } from './reading.ts';

/**
 * The agent's own end of the cable: `/sys/class/net/IF/carrier` and `operstate`. Reading `carrier` of an interface that
 * is administratively down fails with "Invalid argument": then nothing is known of the cable.
 */
export const readEthernetLink: Reader = (lines, command) => {
  const files = Array.from(command.matchAll(/\/sys\/class\/net\/[^/\s]+\/(\w+)/g), (found) => found[1]!);
  if (!files.some((file) => file === 'carrier' || file === 'operstate')) return {};
  const answers = new Map<string, string>();
  const failed = new Set<string>();
  const plain: string[] = [];
  for (const line of lines) {
    const named = /\/sys\/class\/net\/[^/\s]+\/(\w+):\s*(.*)$/.exec(line);
    if (named && /^(\d+|[a-z]+)$/.test(named[2]!)) answers.set(named[1]!, named[2]!);
    else if (named) failed.add(named[1]!);
    else if (line.trim() !== '') plain.push(line.trim());
  }
  const unnamed = files.filter((file) => !failed.has(file) && !answers.has(file));
  for (const [index, file] of unnamed.entries()) answers.set(file, plain[index] ?? '');
  const carrier = answers.get('carrier');
  const state = answers.get('operstate');
  return known({
    ethernetCarrier: carrier === '1' ? true : carrier === '0' ? false : undefined,
    ethernetOperState: state !== undefined && /^[a-z]+$/.test(state) ? state : undefined,
  });
};
