import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packs what `stage` writes to a folder into a tarball in the folder that npm was run from. */
export async function makeTarball(stage: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vakhta-tarball-'));
  try {
    await stage(folder);
    execFileSync('npm', ['pack', folder, '--pack-destination', process.cwd()], { stdio: 'inherit' });
  } finally {
    await rm(folder, { recursive: true });
  }
}
