import {
  bcd,
  byte,
  centsField,
  countedHex,
  countedText,
  date,
  expiration,
  hex,
  list,
  littleEndian,
  sized,
  time,
} from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { counted, longPoll, plain } from '../codec/message.ts';
import {
  lockStatuses,
  receiptStatuses,
  registrationCodes,
  registrationStatuses,
  transferCodes,
  transferStatuses,
  transferTypes,
} from '../tables/transfers.ts';

const section = '8.5';
const amounts = () => ({
  cashableCents: centsField(),
  restrictedCents: centsField(),
  nonrestrictedCents: centsField(),
});
const registration = () => ({
  assetNumber: littleEndian(4),
  registrationKey: hex(20),
  posId: littleEndian(4),
});

/** Facts 8.5: electronic transfers. */
export const aft = {
  aftTransfer: longPoll('72', 'S', 'AFT transfer of funds', {
    request: counted(
      layout(
        { transferCode: byte(transferCodes) },
        { transactionIndex: byte() },
        {
          transferType: byte(transferTypes),
          ...amounts(),
          transferFlags: hex(1),
          assetNumber: littleEndian(4),
          registrationKey: hex(20),
          transactionId: countedText(),
          expiration: expiration(),
          poolId: littleEndian(2),
          receiptData: list(layout({ field: byte(), dataHex: countedHex() }), 'bytes'),
        },
        // Only with "lock after transfer" in the flags; live requests end before it.
        { lockTimeout: bcd(2, { unit: '1/100 s' }) },
      ),
    ),
    response: counted(
      layout(
        { bufferPosition: byte(), transferStatus: byte(transferStatuses) },
        { receiptStatus: byte(receiptStatuses) },
        {
          transferType: byte(transferTypes),
          ...amounts(),
          transferFlags: hex(1),
          assetNumber: littleEndian(4),
          transactionId: countedText(),
          date: date(),
          time: time(),
          expiration: expiration(),
          poolId: littleEndian(2),
          cumulativeCashable: sized('bcd'),
          cumulativeRestricted: sized('bcd'),
          cumulativeNonrestricted: sized('bcd'),
        },
      ),
    ),
    confidence: 'M',
    section,
    oneShot: true,
  }),
  aftRegister: longPoll('73', 'S', 'AFT registration', {
    request: counted(layout({ registrationCode: byte(registrationCodes) }, registration())),
    response: counted(layout({ registrationStatus: byte(registrationStatuses), ...registration() })),
    confidence: '3',
    section,
  }),
  aftLock: longPoll('74', 'S', 'AFT lock and status', {
    request: plain(
      layout({
        lockCode: byte({ 0: 'lock', 128: 'cancel', 255: 'read' }),
        transferCondition: hex(1),
        lockTimeout: bcd(2, { unit: '1/100 s' }),
      }),
    ),
    response: counted(
      layout({
        assetNumber: littleEndian(4),
        lockStatus: byte(lockStatuses),
        availableTransfers: hex(1),
        hostCashoutStatus: hex(1),
        aftStatus: hex(1),
        maxBufferIndex: byte(),
        currentCashableCents: centsField(),
        currentRestrictedCents: centsField(),
        currentNonrestrictedCents: centsField(),
        transferLimitCents: centsField(),
        restrictedExpiration: expiration(),
        restrictedPoolId: littleEndian(2),
      }),
    ),
    confidence: 'M',
    section,
  }),
};
