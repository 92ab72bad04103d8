import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditReport, judgeAdvisories, judgeLock, Lock } from './judge-dependencies.ts';

/** `npm run audit`: exits 1 for what is wrong with the dependencies we ship. Needs nothing but npm's own registry. */
const root = join(import.meta.dirname, '../..');

const ask = (): Promise<unknown> =>
  new Promise((resolve) => {
    // It exits 1 both for findings and for a registry that keeps no advisories; what it prints tells which.
    execFile(
      'npm',
      ['audit', '--omit=dev', '--audit-level=high', '--json'],
      { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
      (_error, stdout) => {
        try {
          resolve(JSON.parse(stdout));
        } catch {
          resolve({ message: 'npm audit printed nothing to read' });
        }
      },
    );
  });

const answer = AuditReport.safeParse(await ask());
const report: AuditReport = answer.success ? answer.data : { error: 'npm audit printed something else' };
const advisories = judgeAdvisories(report);
const lock = Lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
const problems = [...judgeLock(lock), ...(advisories ?? [])];
for (const problem of problems) console.log(`WRONG ${problem}`);
console.log(
  `${Object.keys(lock.packages).length} locked packages: hashes, install scripts and licences looked at`,
);
if (advisories) console.log('advisories of the registry: looked at');
else if ('error' in report)
  console.log(`advisories: this registry gives none (${report.error}); run it against one that does`);
process.exitCode = problems.length > 0 ? 1 : 0;
