import {
  bcd,
  byte,
  centsField,
  countedText,
  countField,
  date,
  digits,
  expiration,
  list,
  littleEndian,
  mask,
  restDigits,
  time,
} from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { ack, counted, longPoll, plain } from '../codec/message.ts';
import { ticketStatuses, ticketTransferCodes, validationTypes } from '../tables/tickets.ts';

const validationId = () => layout({ machineId: mask(3), sequence: littleEndian(3) });
const ticketTexts = () =>
  counted(layout({ elements: list(layout({ code: byte(), text: countedText() }), 'rest') }));
const parsing = () => byte({ 0: 'BCD' });
const ticketDataFlag = () => plain(layout({ ticketDataFlag: byte({ 0: 'not set by the host', 1: 'set' }) }));

/** Facts 8.2-8.4: validation, tickets out and tickets in. */
export const tickets = {
  cashoutTicket: longPoll('3D', 'R', 'Cash-out ticket information (standard validation)', {
    response: plain(layout({ validationNumber: digits(4), amountCents: centsField() })),
    confidence: '3',
    section: '8.2',
    oneShot: true,
  }),
  validationId: longPoll('4C', 'S', 'Set secure enhanced validation id', {
    request: plain(validationId()),
    response: plain(validationId()),
    confidence: '3',
    section: '8.2',
  }),
  validationRecord: longPoll('4D', 'S', 'Enhanced validation information', {
    request: plain(
      layout({ function: byte({ 0: 'read the unread record and mark it', 255: 'look without marking' }) }),
    ),
    response: plain(
      layout({
        validationType: byte(validationTypes),
        bufferIndex: byte({ 0: 'none' }),
        date: date(),
        time: time(),
        validationNumber: digits(8),
        amountCents: centsField(),
        ticketNumber: littleEndian(2),
        validationSystemId: bcd(1),
        expiration: expiration(),
        poolId: littleEndian(2),
      }),
    ),
    confidence: '3',
    section: '8.2',
    oneShot: true,
  }),
  validationMeters: longPoll('50', 'S', 'Validation meters', {
    request: plain(layout({ validationType: byte(validationTypes) })),
    response: plain(
      layout({ validationType: byte(validationTypes), ticketCount: countField(), amountCents: centsField() }),
    ),
    confidence: '3',
    section: '8.2',
  }),
  pendingCashout: longPoll('57', 'R', 'Pending cash-out information', {
    response: plain(
      layout({
        cashoutType: byte({ 0: 'cashable', 1: 'restricted', 128: 'not waiting' }),
        amountCents: centsField(),
      }),
    ),
    confidence: 'M',
    section: '8.2',
  }),
  validationNumber: longPoll('58', 'S', 'Receive validation number', {
    request: plain(layout({ validationSystemId: bcd(1), validationNumber: digits(8) })),
    response: plain(
      layout({
        validationStatus: byte({ 0: 'accepted', 128: 'not in cash-out', 129: 'improper, rejected' }),
      }),
    ),
    confidence: 'M',
    section: '8.2',
  }),
  ticketInEscrow: longPoll('70', 'R', 'Ticket validation data', {
    response: counted(
      layout(
        { ticketStatus: byte({ 0: 'in escrow', 255: 'no ticket' }) },
        { amountCents: centsField(), parsingCode: parsing(), validationData: restDigits() },
      ),
    ),
    confidence: '3',
    section: '8.4',
  }),
  redeemTicket: longPoll('71', 'S', 'Redeem ticket', {
    request: counted(
      layout(
        { transferCode: byte(ticketTransferCodes) },
        { amountCents: centsField(), parsingCode: parsing(), validationData: digits(9) },
        { restrictedExpiration: expiration(), poolId: littleEndian(2) },
        { targetId: countedText() },
      ),
    ),
    response: counted(
      layout(
        { ticketStatus: byte(ticketStatuses) },
        { amountCents: centsField(), parsingCode: parsing(), validationData: restDigits() },
      ),
    ),
    confidence: '3',
    section: '8.4',
    oneShot: true,
  }),
  extendedValidation: longPoll('7B', 'G', 'Extended validation status', {
    request: counted(
      layout({
        controlMask: mask(2),
        controlStates: mask(2),
        cashableExpirationDays: bcd(2, { unit: 'days' }),
        restrictedExpirationDays: bcd(2, { unit: 'days' }),
      }),
    ),
    response: counted(
      layout({
        assetNumber: littleEndian(4),
        controlStates: mask(2),
        cashableExpirationDays: bcd(2, { unit: 'days' }),
        restrictedExpirationDays: bcd(2, { unit: 'days' }),
      }),
    ),
    confidence: 'M',
    section: '8.3',
  }),
  extendedTicketData: longPoll('7C', 'G', 'Set extended ticket data', {
    request: ticketTexts(),
    response: ticketDataFlag(),
    confidence: '2',
    section: '8.3',
  }),
  ticketData: longPoll('7D', 'G', 'Set ticket data', {
    request: counted(
      layout(
        {},
        { hostId: littleEndian(2) },
        { expirationDays: { ...byte({ 0: 'never' }), unit: 'days' } },
        { location: countedText() },
        { address1: countedText() },
        { address2: countedText() },
      ),
    ),
    response: ticketDataFlag(),
    confidence: 'M',
    section: '8.3',
  }),
  aftReceiptData: longPoll('75', 'G', 'Set AFT receipt data', {
    request: ticketTexts(),
    response: ack,
    confidence: '2',
    section: '8.3',
  }),
  aftTicketData: longPoll('76', 'S', 'Set custom AFT ticket data', {
    request: ticketTexts(),
    response: ack,
    confidence: '1',
    section: '8.3',
  }),
};
