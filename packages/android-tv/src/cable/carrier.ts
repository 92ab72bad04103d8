import { readFile } from 'node:fs/promises';
import { AppError, type Clock, seconds, withDeadline } from '@vakhta/kernel';
import * as z from 'zod';

/** Whether the agent's end of the cable to the TV sees a link. `undefined`: it cannot be known. Never throws. */
export type CarrierReader = () => Promise<boolean | undefined>;

/** `/sys/class/net/IF/carrier`: 1 or 0; the read fails while the interface is administratively down. */
export function sysfsCarrier(networkInterface: string, root = '/sys/class/net'): CarrierReader {
  return async () => {
    try {
      const text = (await readFile(`${root}/${networkInterface}/carrier`, 'utf8')).trim();
      return text === '1' ? true : text === '0' ? false : undefined;
    } catch {
      return undefined;
    }
  };
}

const Answer = z.object({ carrier: z.boolean().nullable() });

/** A switch or a simulator that answers `{"carrier": true}` to a GET. */
export function httpCarrier(url: string, clock: Clock): CarrierReader {
  const ask = async (signal: AbortSignal) => Answer.parse(await (await fetch(url, { signal })).json());
  const tooLate = () =>
    new AppError('cable.no_answer', 'the carrier was not told in time', { context: { url } });
  return async () => {
    try {
      return (await withDeadline(clock, seconds(3), ask, tooLate)).carrier ?? undefined;
    } catch {
      return undefined;
    }
  };
}
