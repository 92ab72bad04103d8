import { data, type Handlers } from './handler.ts';

/** Tickets and transfers (facts 8.2-8.5): each goes to the unit that does it. */
export const moneyHandlers: Handlers = {
  cashoutTicket: (machine) => machine.cashouts.lastStandard(),
  validationId: (machine, { machineId, sequence }) => machine.cashouts.setId(machineId, sequence),
  validationRecord: (machine, { function: what }) => machine.records.read(what),
  validationMeters(machine, { validationType }) {
    const [amount, count] = validationMeterCodes[validationType] ?? [];
    return data({
      validationType,
      ticketCount: count ? (machine.meters.read(count) ?? 0) : 0,
      amountCents: amount ? (machine.meters.read(amount) ?? 0) : 0,
    });
  },
  pendingCashout: (machine) => machine.cashouts.pending(),
  validationNumber: (machine, { validationSystemId, validationNumber }) =>
    machine.cashouts.receiveNumber(validationSystemId, validationNumber),
  ticketInEscrow: (machine) => machine.ticketsIn.inEscrow(),
  redeemTicket: (machine, request) => machine.ticketsIn.redeem(request),
  aftTransfer: (machine, request) => machine.transfers.receive(request, machine.lock.isLocked),
  aftRegister: (machine, request) => machine.registration.receive(request),
  aftLock: (machine, request) => machine.lock.receive(request),
};

/** Amount and count meters of the validation types (facts 6, 8.2). */
const validationMeterCodes: Readonly<Record<number, readonly [string, string]>> = {
  0: ['0086', '0087'],
  1: ['0088', '0089'],
  2: ['00A8', '00A9'],
  3: ['00AA', '00AB'],
  4: ['00AC', '00AD'],
  16: ['008C', '008D'],
  32: ['008E', '008F'],
  64: ['0090', '0091'],
  96: ['0092', '0093'],
  128: ['0080', '0081'],
  129: ['0082', '0083'],
  130: ['0084', '0085'],
};
