import { ReportUnit } from '@vakhta/api';
import type { Json } from '@vakhta/kernel';
import type { HallRef, HallSettings } from '../../hall/hall.ts';

export interface Column {
  name: string;
  title: string;
  unit: ReportUnit;
  /** Codes of the meters whose movements a figure is made of; null: of something else. */
  meters: readonly string[] | null;
}

export type Line = Record<string, Json>;

export interface Period {
  /** Game days, both included. */
  first: string;
  last: string;
  from: Date;
  to: Date;
  machine?: string | undefined;
  /** Meters, where the report is about their movements. */
  codes?: readonly string[] | undefined;
  /** The same instead of whole days. */
  between?: { from: Date; to: Date } | undefined;
}

export type ReportView = HallRef & { settings: HallSettings; now: Date };

/** One report: its columns are declared once, and rows hold what they name. */
export interface ReportDeclaration {
  title: string;
  columns: readonly Column[];
  read(hall: ReportView, period: Period): Promise<Line[]>;
}

/** `['coinIn:minor', 'Coin-in', '00']` → a column with its unit and the meters behind it; no unit after the name: text. */
export const columns = (
  ...of: readonly (readonly [name: string, title: string, ...meters: string[]])[]
): Column[] =>
  of.map(([named, title, ...meters]) => {
    const [name = named, unit = 'text'] = named.split(':');
    return { name, title, unit: ReportUnit.parse(unit), meters: meters.length > 0 ? meters : null };
  });

export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export const wholeMinutes = (from: Date, to: Date | null): number | null =>
  to && Math.floor((to.getTime() - from.getTime()) / 60_000);
