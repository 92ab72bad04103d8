import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const UNITS = join(import.meta.dirname, '../../../../deploy/systemd');

test.each([
  ['vakhta.service', []],
  ['vakhta-backup.timer', ['vakhta-backup.service']],
])('systemd’s own checker accepts %s', async (name, beside) => {
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-unit-'));
  try {
    // The checker wants the program to exist; where it is installed is not what is checked here.
    const program = join(directory, 'node');
    await writeFile(program, '#!/bin/sh\n');
    await chmod(program, 0o755);
    for (const unit of [name, ...beside]) {
      const text = await readFile(join(UNITS, unit), 'utf8');
      await writeFile(join(directory, unit), text.replace(/^ExecStart=\S+/m, `ExecStart=${program}`));
    }
    const said = execFileSync('systemd-analyze', ['verify', '--man=no', join(directory, name)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(said).toBe('');
  } finally {
    await rm(directory, { recursive: true });
  }
});
