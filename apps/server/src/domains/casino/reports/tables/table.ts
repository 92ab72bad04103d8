import type { Json } from '@vakhta/kernel';
import type { HallRef, HallSettings } from '../../hall/hall.ts';

export interface Column {
  name: string;
  title: string;
  /** 'minor' (money), 'credits', 'percent', 'points', 'minutes', 'seconds', 'count'; null for words and times. */
  unit: string | null;
}

export type Line = Record<string, Json>;

export interface Period {
  /** Game days, both included. */
  first: string;
  last: string;
  from: Date;
  to: Date;
  machine?: string | undefined;
}

export type ReportView = HallRef & { settings: HallSettings; now: Date };

/** One report: its columns are declared once, and rows hold what they name. */
export interface ReportDeclaration {
  title: string;
  columns: readonly Column[];
  read(hall: ReportView, period: Period): Promise<Line[]>;
}

/** `['coinIn:minor', 'Coin-in']` → a column; no unit after the name: words. */
export const columns = (...of: readonly (readonly [name: string, title: string])[]): Column[] =>
  of.map(([named, title]) => {
    const [name = named, unit = null] = named.split(':');
    return { name, title, unit };
  });

export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export const wholeMinutes = (from: Date, to: Date | null): number | null =>
  to && Math.floor((to.getTime() - from.getTime()) / 60_000);
