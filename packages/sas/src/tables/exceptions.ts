import type { MessageName } from '../messages/registry.ts';

/** Whether an exception waits its turn in the queue or is a flag that is reported first. */
export type ExceptionKind = 'queued' | 'priority' | 'nothing';

export interface SasException {
  /** Two upper-case hex digits. */
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly kind: ExceptionKind;
  /** Which mode shows it: both, or one of them. */
  readonly mode: 'both' | 'realTimeOnly' | 'pollOnly';
  readonly confidence: number;
}

type Flags = Partial<Pick<SasException, 'kind' | 'mode' | 'confidence'>>;
type Row = readonly [code: string, name: string, title: string, flags?: Flags];

const priority: Flags = { kind: 'priority' };
const pollOnly: Flags = { mode: 'pollOnly' };
const realTimeOnly: Flags = { mode: 'realTimeOnly' };
const v603: Flags = { confidence: 1 };

/** Facts 7. Codes that are not here are passed on by number. */
const rows: readonly Row[] = [
  ['00', 'nothing', 'nothing to report', { kind: 'nothing' }],
  ['11', 'slotDoorOpened', 'slot door opened'],
  ['12', 'slotDoorClosed', 'slot door closed'],
  ['13', 'dropDoorOpened', 'drop door opened'],
  ['14', 'dropDoorClosed', 'drop door closed'],
  ['15', 'cardCageOpened', 'card cage opened'],
  ['16', 'cardCageClosed', 'card cage closed'],
  ['17', 'powerApplied', 'AC power applied'],
  ['18', 'powerLost', 'AC power lost'],
  ['19', 'cashboxDoorOpened', 'cashbox door opened'],
  ['1A', 'cashboxDoorClosed', 'cashbox door closed'],
  ['1B', 'cashboxRemoved', 'cashbox removed'],
  ['1C', 'cashboxInstalled', 'cashbox installed'],
  ['1D', 'bellyDoorOpened', 'belly door opened'],
  ['1E', 'bellyDoorClosed', 'belly door closed'],
  ['1F', 'waitingForPlayer', 'nothing to report, waiting for the player (obsolete)', { kind: 'nothing' }],
  ['20', 'generalTilt', 'general tilt'],
  ['21', 'coinInTilt', 'coin-in tilt'],
  ['22', 'coinOutTilt', 'coin-out tilt'],
  ['23', 'hopperEmpty', 'hopper empty'],
  ['24', 'extraCoinPaid', 'extra coin paid'],
  ['25', 'diverterMalfunction', 'diverter malfunction'],
  ['27', 'cashboxFull', 'cashbox full'],
  ['28', 'billJam', 'bill jam'],
  ['29', 'billAcceptorFailure', 'bill acceptor hardware failure'],
  ['2A', 'reverseBill', 'reverse bill'],
  ['2B', 'billRejected', 'bill rejected'],
  ['2C', 'counterfeitBill', 'counterfeit bill'],
  ['2D', 'reverseCoinIn', 'reverse coin in'],
  ['2E', 'cashboxNearlyFull', 'cashbox nearly full'],
  ['2F', 'billAcceptorVersionChanged', 'bill acceptor version changed', v603],
  ['31', 'cmosDataRecovered', 'CMOS RAM error, data recovered'],
  ['32', 'cmosDataLost', 'CMOS RAM error, data not recovered'],
  ['33', 'cmosBadDevice', 'CMOS RAM error, bad device'],
  ['34', 'eepromDataError', 'EEPROM data error: the machine sets its address to 0'],
  ['35', 'eepromBadDevice', 'EEPROM error, bad device'],
  ['36', 'epromChanged', 'EPROM error, different checksum: version changed'],
  ['37', 'epromBadChecksum', 'EPROM error, bad checksum'],
  ['38', 'partitionedEpromChanged', 'partitioned EPROM error, version changed'],
  ['39', 'partitionedEpromBadChecksum', 'partitioned EPROM error, bad checksum'],
  ['3A', 'memoryErrorReset', 'memory error reset by the operator'],
  ['3B', 'lowBattery', 'low backup battery'],
  ['3C', 'optionsChanged', 'operator changed options'],
  ['3D', 'ticketPrinted', 'cash-out ticket printed', priority],
  ['3E', 'handpayValidated', 'handpay validated', priority],
  ['3F', 'validationIdNeeded', 'validation id not configured', priority],
  ['40', 'reelTilt', 'reel tilt, reel unknown'],
  ['41', 'reel1Tilt', 'reel 1 tilt'],
  ['42', 'reel2Tilt', 'reel 2 tilt'],
  ['43', 'reel3Tilt', 'reel 3 tilt'],
  ['44', 'reel4Tilt', 'reel 4 tilt'],
  ['45', 'reel5Tilt', 'reel 5 tilt'],
  ['46', 'reelDisconnected', 'reel mechanism disconnected'],
  ['47', 'bill1', 'bill of 1 accepted', pollOnly],
  ['48', 'bill5', 'bill of 5 accepted', pollOnly],
  ['49', 'bill10', 'bill of 10 accepted', pollOnly],
  ['4A', 'bill20', 'bill of 20 accepted', pollOnly],
  ['4B', 'bill50', 'bill of 50 accepted', pollOnly],
  ['4C', 'bill100', 'bill of 100 accepted', pollOnly],
  ['4D', 'bill2', 'bill of 2 accepted', pollOnly],
  ['4E', 'bill500', 'bill of 500 accepted', pollOnly],
  ['4F', 'billAccepted', 'bill accepted'],
  ['50', 'bill200', 'bill of 200 accepted', pollOnly],
  ['51', 'handpayPending', 'handpay pending', priority],
  ['52', 'handpayReset', 'handpay reset', priority],
  ['53', 'noProgressiveInformation', 'no progressive information for 5 s'],
  ['54', 'progressiveWinPaid', 'progressive win paid by the machine'],
  ['55', 'handpayCancelled', 'player cancelled the handpay request'],
  ['56', 'progressiveHit', 'SAS progressive level hit', priority],
  ['57', 'validationRequested', 'system validation request', priority],
  ['59', 'nonSasProgressiveHit', 'non-SAS progressive level hit', v603],
  ['5A', 'handpayToMachinePay', 'jackpot handpay keyed off to machine pay', v603],
  ['5F', 'tipAwarded', 'tip awarded', v603],
  ['60', 'printerCommunicationError', 'printer communication error'],
  ['61', 'printerPaperOut', 'printer paper out'],
  ['66', 'cashoutPressed', 'cash-out button pressed'],
  ['67', 'ticketInserted', 'ticket inserted', priority],
  ['68', 'ticketTransferComplete', 'ticket transfer complete', priority],
  ['69', 'aftTransferComplete', 'AFT transfer complete', priority],
  ['6A', 'hostCashoutRequested', 'AFT: host cash-out requested', priority],
  ['6B', 'hostWinCashoutRequested', 'AFT: host cash-out of a win requested', priority],
  ['6C', 'registrationRequested', 'AFT: registration requested', priority],
  ['6D', 'registrationAcknowledged', 'AFT: registration acknowledged', priority],
  ['6E', 'registrationCancelled', 'AFT: registration cancelled'],
  ['6F', 'gameLocked', 'game locked', priority],
  ['70', 'bufferOverflow', 'exception buffer overflow', priority],
  ['71', 'changeLampOn', 'change lamp on'],
  ['72', 'changeLampOff', 'change lamp off'],
  ['74', 'printerPaperLow', 'printer paper low'],
  ['75', 'printerPowerOff', 'printer power off'],
  ['76', 'printerPowerOn', 'printer power on'],
  ['77', 'replaceRibbon', 'replace printer ribbon'],
  ['78', 'printerJam', 'printer carriage jam'],
  ['79', 'coinLockoutMalfunction', 'coin-in lockout malfunction'],
  ['7A', 'metersReset', 'soft meters reset to zero'],
  ['7B', 'billMetersReset', 'bill validator period meters reset'],
  ['7C', 'bonusAwarded', 'legacy bonus or multiplied jackpot awarded'],
  ['7E', 'gameStarted', 'game started'],
  ['7F', 'gameEnded', 'game ended'],
  ['80', 'hopperFull', 'hopper full'],
  ['81', 'hopperLow', 'hopper low'],
  ['82', 'attendantMenuEntered', 'attendant menu or meters display entered'],
  ['83', 'attendantMenuLeft', 'attendant menu or meters display left'],
  ['84', 'operatorMenuEntered', 'self-test or operator menu entered'],
  ['85', 'operatorMenuLeft', 'self-test or operator menu left'],
  ['86', 'outOfService', 'out of service by the attendant'],
  ['87', 'drawRequested', 'player requested draw cards', realTimeOnly],
  ['88', 'reelStopped', 'reel n stopped', realTimeOnly],
  ['89', 'creditWagered', 'coin or credit wagered', realTimeOnly],
  ['8A', 'gameRecallShown', 'game recall entry displayed'],
  ['8B', 'cardHeld', 'card held or not held', realTimeOnly],
  ['8C', 'gameSelected', 'game selected'],
  ['8E', 'componentListChanged', 'component list changed'],
  ['8F', 'authenticationComplete', 'authentication complete', priority],
  ['98', 'cardCageOpenedWhileOff', 'card cage opened while powered off'],
  ['99', 'slotDoorOpenedWhileOff', 'slot door opened while powered off'],
  ['9A', 'cashboxDoorOpenedWhileOff', 'cashbox door opened while powered off'],
  ['9B', 'dropDoorOpenedWhileOff', 'drop door opened while powered off'],
  ['9E', 'sessionStarted', 'session started', v603],
  ['9F', 'sessionEnded', 'session ended', v603],
  ['A0', 'meterChangePending', 'meter change pending', { kind: 'priority', confidence: 2 }],
  ['A1', 'meterChangeCancelled', 'meter change cancelled', { confidence: 2 }],
  ['A2', 'enabledGamesChanged', 'enabled games or denominations changed', { confidence: 2 }],
];

export const exceptions: ReadonlyMap<string, SasException> = new Map(
  rows.map(([code, name, title, flags]) => [
    code,
    { code, name, title, kind: 'queued', mode: 'both', confidence: 3, ...flags },
  ]),
);

/** Facts 1.8: highest first. A flag is there once however often it is raised, and goes before any queued exception. */
export const priorityOrder: readonly string[] = [
  '57',
  '67',
  '68',
  '3F',
  '6A',
  '6B',
  '6F',
  '56',
  '3D',
  '3E',
  '69',
  '6C',
  '6D',
  '52',
  '51',
  '8F',
  '70',
];

/** Bill exceptions of poll mode by their denomination code (facts 9.2); all others are 4F. */
export const billExceptions: Readonly<Record<number, string>> = {
  0: '47',
  1: '4D',
  2: '48',
  3: '49',
  4: '4A',
  6: '4B',
  7: '4C',
  8: '50',
  10: '4E',
};

/** A poll that an exception calls for; the last one whose answer closes it comes last (facts 5.3). */
export interface FollowUp {
  readonly poll: MessageName;
  /** Fields of its request, where they do not depend on the machine. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** How soon it must be on the wire, milliseconds; undefined when there is no hurry. */
  readonly within?: number;
}

const identityPolls: readonly FollowUp[] = [
  { poll: 'machineInfo' },
  { poll: 'versionAndSerial' },
  { poll: 'enabledGames' },
  { poll: 'enabledFeatures', fields: { game: 0 } },
  { poll: 'enabledPlayerDenoms' },
];

const anyBill: readonly FollowUp[] = [{ poll: 'lastBill' }];

/**
 * Facts 5.3: what to poll after an exception. Those that need a conversation (tickets, transfers, locks) have the
 * first poll of it here; the state machines go on from its answer.
 */
export const followUps: Readonly<Record<string, readonly FollowUp[]>> = {
  '3C': identityPolls,
  '3D': [{ poll: 'validationRecord', fields: { function: 0 }, within: 5000 }],
  '3E': [{ poll: 'validationRecord', fields: { function: 0 }, within: 5000 }],
  '47': anyBill,
  '48': anyBill,
  '49': anyBill,
  '4A': anyBill,
  '4B': anyBill,
  '4C': anyBill,
  '4D': anyBill,
  '4E': anyBill,
  '4F': anyBill,
  '50': anyBill,
  '51': [{ poll: 'handpay', within: 5000 }],
  '54': [{ poll: 'lastProgressiveWin' }],
  '56': [{ poll: 'progressiveWin', within: 5000 }],
  '57': [{ poll: 'pendingCashout', within: 2000 }],
  '67': [{ poll: 'ticketInEscrow', within: 2000 }],
  '68': [{ poll: 'redeemTicket', fields: { transferCode: 0xff }, within: 5000 }],
  '69': [{ poll: 'aftTransfer', fields: { transferCode: 0xff, transactionIndex: 0 }, within: 5000 }],
  '6F': [
    { poll: 'aftLock', fields: { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 }, within: 2000 },
  ],
  '7C': [{ poll: 'bonusWin' }],
  '8C': [{ poll: 'selectedGame' }],
  '8E': [{ poll: 'componentAuthentication', fields: { action: 0 } }],
  '8F': [{ poll: 'componentAuthentication', fields: { action: 3 } }],
  A2: [{ poll: 'enabledGames' }, { poll: 'enabledPlayerDenoms' }],
};
