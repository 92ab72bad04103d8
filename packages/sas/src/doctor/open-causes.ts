import type { Cause } from './causes.ts';

const says: Readonly<Record<string, { id: string; says: string }>> = {
  'sas.line.no_device': {
    id: 'noDevice',
    says: 'There is no such port: the adapter is not plugged in, has another name now (see /dev/serial/by-id), or its driver is not loaded.',
  },
  'sas.line.no_permission': {
    id: 'noPermission',
    says: 'This user may not open the port: add the user to the group that owns it (dialout on Debian) and sign in again.',
  },
  'sas.line.in_use': {
    id: 'inUse',
    says: 'Another program has the port open: a host that is already running, or ModemManager looking at a new adapter.',
  },
  'sas.line.not_serial': { id: 'notSerial', says: 'This is a file or a device, but no serial port.' },
  'sas.line.unserved_system': {
    id: 'unservedSystem',
    says: 'Serial ports are served on Linux only; from here a machine is reached over TCP.',
  },
};

/** Why a line could not be opened, by the code of the error; undefined for an error that is not the line's. */
export function openCause(code: string, message: string): Cause | undefined {
  if (!code.startsWith('sas.line.')) return undefined;
  return { weight: 'trouble', ...(says[code] ?? { id: 'cannotOpen', says: message }) };
}
