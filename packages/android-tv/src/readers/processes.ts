import type { Reader } from './reading.ts';

/**
 * `ps`: the last column of every row. Toybox (Android 8+) has a header column for every field; the old toolbox prints a
 * one-letter state without one between PC and NAME.
 */
export const readProcesses: Reader = (lines, command) => {
  if (!/(?:^|[;&|\s(])ps(?:\s|$|;|\|)/.test(command)) return {};
  let columns: number | undefined;
  const processes: string[] = [];
  for (const line of lines) {
    const cells = line.trim().split(/\s+/);
    if (cells[0] === '') continue;
    if (isHeader(cells)) {
      columns = cells.length + (cells.includes('PC') && !cells.includes('S') ? 1 : 0);
    } else if (columns !== undefined || isRow(cells)) {
      processes.push(cells.slice(columns === undefined ? -1 : Math.min(columns, cells.length) - 1).join(' '));
    }
  }
  return processes.length > 0 ? { processes } : {};
};

const isHeader = (cells: readonly string[]): boolean =>
  (cells.includes('PID') || cells[0] === 'USER') && /^(NAME|CMD|CMDLINE|ARGS|COMMAND)$/.test(cells.at(-1)!);

/** Without a header: `user pid …` or `pid …`. */
const isRow = (cells: readonly string[]): boolean =>
  cells.length > 1 && (/^\d+$/.test(cells[1]!) || /^\d+$/.test(cells[0]!));
