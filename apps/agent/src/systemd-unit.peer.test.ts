import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const unit = readFileSync(new URL('../../../deploy/systemd/vakhta-agent.service', import.meta.url), 'utf8');

/** Of Debian's package systemd: nothing that npm could install. */
const checker = 'systemd-analyze';

test("systemd's own checker accepts the unit", () => {
  const directory = mkdtempSync(join(tmpdir(), 'vakhta-unit-'));
  try {
    // The checker wants the program to exist; where it is installed is not what is checked here.
    const program = join(directory, 'node');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    const path = join(directory, 'vakhta-agent.service');
    writeFileSync(path, unit.replace(/^ExecStart=\S+/m, `ExecStart=${program}`));
    const output = execFileSync(checker, ['verify', '--man=no', path], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    expect(output).toBe('');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
