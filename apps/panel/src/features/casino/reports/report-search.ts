import * as z from 'zod';

/** What a report is about, as the address says it. Days: the current game day unless given. */
export const ReportSearch = z.object({
  first: z.iso.date().optional().catch(undefined),
  last: z.iso.date().optional().catch(undefined),
  machine: z.string().optional(),
  /** Meters of the meter log, with commas between. */
  codes: z.string().optional(),
  from: z.iso.datetime().optional().catch(undefined),
  to: z.iso.datetime().optional().catch(undefined),
});
export type ReportSearch = z.infer<typeof ReportSearch>;

/** 'YYYY-MM-DD' some days later, or before. */
export function dayPlus(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
