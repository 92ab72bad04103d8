import { UsageError } from '@vakhta/kernel';
import { openLastingLine, parseLineAddress } from '@vakhta/sas/transports';
import type { OpenLasting } from './egm-driver.ts';

/** A serial port, a bridge or TCP, opened again whenever it is lost. */
export const openConfiguredLine: OpenLasting = (line, { clock, random, onRefused }) => {
  const address = parseLineAddress(line);
  if (!address.ok) throw new UsageError('egm.configuration', `line: ${address.error}`);
  return openLastingLine(address.value, { clock, random, onRefused });
};
