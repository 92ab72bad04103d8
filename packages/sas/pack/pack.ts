/** `npm run tarball -w packages/sas`: makes what is published, a tarball, in the folder it is run from. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stagePackage } from './stage-package.ts';

const folder = await mkdtemp(join(tmpdir(), 'vakhta-sas-'));
try {
  await stagePackage(folder);
  execFileSync('npm', ['pack', folder, '--pack-destination', process.cwd()], { stdio: 'inherit' });
} finally {
  await rm(folder, { recursive: true });
}
