import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const UNIT = join(import.meta.dirname, '../../../../deploy/systemd/vakhta.service');

test('systemd’s own checker accepts the server’s unit', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vakhta-unit-'));
  try {
    // The checker wants the program to exist; where it is installed is not what is checked here.
    const program = join(directory, 'node');
    await writeFile(program, '#!/bin/sh\n');
    await chmod(program, 0o755);
    const unit = join(directory, 'vakhta.service');
    await writeFile(unit, (await readFile(UNIT, 'utf8')).replace(/^ExecStart=\S+/m, `ExecStart=${program}`));
    const said = execFileSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(said).toBe('');
  } finally {
    await rm(directory, { recursive: true });
  }
});
