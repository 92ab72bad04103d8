import { byte, countedHex, countedText, creditsField, hex, mask, sized } from '../codec/fields/index.ts';
import { layout } from '../codec/layout.ts';
import { counted, longPoll, type PollType, plain, raw } from '../codec/message.ts';

/** A poll that one reader names and whose layout is not known: its bytes survive. */
const named = <const C extends string>(code: C, type: PollType, title: string, section: string) =>
  longPoll(code, type, title, { request: raw, response: raw, confidence: '1', section });

/** A type R poll whose answer is not known. */
const namedRead = <const C extends string>(code: C, title: string, section: string) =>
  longPoll(code, 'R', title, { response: raw, confidence: '1', section });

const eftDownload = <const C extends string>(code: C, title: string) =>
  longPoll(code, 'S', title, {
    request: plain(layout({ transactionNumber: byte(), ackPhase: byte(), amountCredits: creditsField() })),
    response: plain(
      layout({
        transactionNumber: byte(),
        ackPhase: byte(),
        eftStatus: byte(),
        amountCredits: creditsField(),
      }),
    ),
    confidence: '1',
    section: '5.5',
  });

/** Facts 5.2, 5.5, 8.6: what is known by one source only, or only by name. */
export const uncertain = {
  extendedProgressive: named('7A', 'G', 'Extended progressive broadcast (6.03)', '5.1'),
  multipliedJackpot: named('8B', 'M', 'Multiplied jackpot mode (obsolete)', '5.1'),
  eftMeters: namedRead('1D', 'EFT meters (legacy)', '5.5'),
  eftPoll22: named('22', 'S', 'EFT poll 22 (legacy)', '5.5'),
  eftPoll23: named('23', 'S', 'EFT poll 23 (legacy)', '5.5'),
  eftPoll24: named('24', 'S', 'EFT poll 24 (legacy)', '5.5'),
  eftPoll25: named('25', 'S', 'EFT poll 25 (legacy)', '5.5'),
  eftPoll26: named('26', 'S', 'EFT poll 26 (legacy)', '5.5'),
  eftPromoCredits: namedRead('27', 'EFT current promotional credits (legacy)', '5.5'),
  eftHistory: namedRead('28', 'EFT last transfers (legacy)', '5.5'),
  eftPoll62: named('62', 'S', 'EFT poll 62 (legacy)', '5.5'),
  eftPromoDownload: named('63', 'S', 'EFT promotional download (legacy)', '5.5'),
  eftCashableUpload: named('64', 'S', 'EFT cashable upload (legacy)', '5.5'),
  eftPoll65: named('65', 'S', 'EFT poll 65 (legacy)', '5.5'),
  eftCashoutRequest: longPoll('66', 'S', 'EFT cash-out request (legacy)', {
    request: plain(layout({ eftData: hex(1) })),
    response: raw,
    confidence: '1',
    section: '5.5',
  }),
  eftCashableDownload: eftDownload('69', 'EFT cashable download (legacy)'),
  eftCapability: namedRead('6A', 'EFT capability (legacy)', '5.5'),
  eftPoll6B: named('6B', 'S', 'EFT poll 6B (legacy)', '5.5'),
  componentAuthentication: longPoll('6E', 'S', 'Component authentication', {
    request: counted(
      layout(
        {
          action: byte({
            0: 'count',
            1: 'status of a component',
            2: 'authenticate',
            3: 'authentication status',
          }),
        },
        { addressing: byte({ 0: 'by index', 1: 'by name' }), component: countedHex() },
        { method: mask(4), seed: countedHex(), offset: countedHex() },
      ),
    ),
    response: counted(
      layout(
        {
          componentListCrc: mask(2),
          authenticationStatus: byte({
            0: 'ok',
            1: 'installed component',
            64: 'in progress',
            65: 'complete',
            128: 'no such component',
            129: 'disabled',
            130: 'bad command',
            192: 'failed',
            193: 'aborted',
            194: 'component cannot be authenticated',
            195: 'method not supported',
            196: 'bad data',
            197: 'not now',
            255: 'nothing',
          }),
        },
        { componentName: countedText(), componentSize: sized('littleEndian'), availableMethods: mask(4) },
        { method: mask(4), result: countedHex() },
      ),
    ),
    confidence: '1',
    section: '8.6',
  }),
  enabledCurrencies: namedRead('59', 'Enabled currency codes (6.03)', '5.2'),
  supportedBills: named('5A', 'S', 'Supported bills (6.03)', '5.2'),
  foreignBillMeters: named('5B', 'S', 'Bill meters by currency (6.03)', '5.2'),
  foreignBillReporting: named('5C', 'S', 'Foreign bill reporting mode (6.03)', '5.2'),
  nonSasProgressiveWin: namedRead('5D', 'Non-SAS progressive win (6.03)', '5.2'),
  progressiveControllers: named('5E', 'S', 'Configured progressive controllers (6.03)', '5.2'),
  progressiveValues: named('5F', 'S', 'Progressive broadcast values (6.03)', '5.2'),
  progressiveAccounting: named('77', 'S', 'Progressive accounting data (6.03)', '5.2'),
};
