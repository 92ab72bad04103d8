import { known, type Reader, type Reading } from './reading.ts';

interface Row {
  /** As printed: '3.7G', '1979400'. */
  total: string;
  free: string;
  usedPercent: number;
  mount: string;
}

/** The `/data` filesystem from `df` (in 1K blocks; rounded sizes tell only the percentage) or `dumpsys diskstats`. */
export const readStorage: Reader = (lines, command) => ({
  ...readDiskstats(lines),
  ...readDf(lines, command),
});

/** `Data-Free: 1432904K / 4000000K total = 35% free`. */
function readDiskstats(lines: readonly string[]): Reading {
  for (const line of lines) {
    const found = /^\s*Data-Free:\s*(\d+)K\s*\/\s*(\d+)K/.exec(line);
    if (found) return { storageFreeKb: Number(found[1]), storageTotalKb: Number(found[2]) };
  }
  return {};
}

function readDf(lines: readonly string[], command: string): Reading {
  const rows = dfRows(lines);
  // `df /data` names the mount it found, which may be a bind mount below it (/data/user/0).
  const only = rows.length === 1 && /\bdf\b.*\s\/data\b/.test(command) ? rows[0] : undefined;
  const data = rows.find(({ mount }) => mount === '/data') ?? only;
  if (!data) return {};
  const header = lines.find((line) => /^\s*Filesystem\b/.test(line));
  // Without a header (a filtered output) whole figures are blocks, and toybox's block is 1 KiB.
  const inKib = header === undefined || /\b1K-blocks\b/.test(header);
  const exact = inKib && /^\d+$/.test(data.total) && /^\d+$/.test(data.free);
  return known({
    storageUsedPercent: data.usedPercent,
    storageTotalKb: exact ? Number(data.total) : undefined,
    storageFreeKb: exact ? Number(data.free) : undefined,
  });
}

/** Rows of six columns; a long device name may stand on a line of its own above the rest. */
function dfRows(lines: readonly string[]): Row[] {
  return lines.flatMap((line) => {
    const found = /(?:^|\s)([\d.]+[KMGT]?)\s+[\d.]+[KMGT]?\s+([\d.]+[KMGT]?)\s+(\d+)%\s+(\/\S*)\s*$/.exec(
      line,
    );
    if (!found) return [];
    return [{ total: found[1]!, free: found[2]!, usedPercent: Number(found[3]), mount: found[4]! }];
  });
}
