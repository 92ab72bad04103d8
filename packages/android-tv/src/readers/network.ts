import { known, type Reader } from './reading.ts';

/** Interfaces that are nobody's network card. */
const virtual = /^(lo|dummy|ifb|tun|p2p|sit|ip6|rmnet|docker|br)/;

/** `ip addr` and `ip link`, and `/sys/class/net/IF/address`: the address of the card the TV is reached by. */
export const readNetwork: Reader = (lines, command) => {
  const cards: { name: string; mac?: string; ip?: string }[] = [];
  for (const line of lines) {
    const name = /^\s*\d+:\s+([^:@\s]+)/.exec(line)?.[1];
    if (name !== undefined || cards.length === 0) cards.push({ name: name ?? '' });
    const card = cards.at(-1)!;
    card.mac ??= /\blink\/ether\s+((?:\w{2}:){5}\w{2})\b/.exec(line)?.[1]?.toLowerCase();
    card.ip ??= /\binet\s+(\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1];
  }
  const withMac = cards.filter(({ mac }) => mac !== undefined);
  const card = withMac.find(({ name }) => !virtual.test(name)) ?? withMac[0];
  return known({ macAddress: card?.mac ?? sysfsAddress(lines, command), ipAddress: card?.ip });
};

function sysfsAddress(lines: readonly string[], command: string): string | undefined {
  if (!/\/sys\/class\/net\/[^/\s]+\/address\b/.test(command)) return undefined;
  const found = lines.find((line) => /^\s*(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\s*$/i.test(line));
  return found?.trim().toLowerCase();
}
