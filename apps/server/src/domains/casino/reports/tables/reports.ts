import type { CasinoReportName } from '@vakhta/api';
import { changeReport, dayCloseReport, eventReport, exceptionReport, linkReport } from './control-tables.ts';
import {
  cashlessReport,
  dropReport,
  handpayReport,
  poolReport,
  shiftReport,
  transactionReport,
} from './money-tables.ts';
import { floorReport, machineReport, meterLogReport, sessionReport, summaryReport } from './play-tables.ts';
import type { ReportDeclaration } from './table.ts';

/** Every report by its name in the API. */
export const reports: Readonly<Record<CasinoReportName, ReportDeclaration>> = {
  floor: floorReport,
  machines: machineReport,
  summary: summaryReport,
  'meter-log': meterLogReport,
  transactions: transactionReport,
  handpays: handpayReport,
  drop: dropReport,
  cashless: cashlessReport,
  shifts: shiftReport,
  sessions: sessionReport,
  pools: poolReport,
  events: eventReport,
  links: linkReport,
  exceptions: exceptionReport,
  'day-close': dayCloseReport,
  changes: changeReport,
};
