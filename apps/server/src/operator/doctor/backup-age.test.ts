import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { days } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { expect, test } from 'vitest';
import { noteLastBackup } from '../last-backup.ts';
import { examineBackup } from './backup-age.ts';

test('a desk without a backup is told so, and one whose backups have stopped is found wrong', async () => {
  const data = await mkdtemp(join(tmpdir(), 'vakhta-backup-age-'));
  try {
    const clock = new VirtualClock(Date.UTC(2026, 9, 20));
    const verdict = async () => (await examineBackup({ data }, clock)).verdict;
    expect(await verdict()).toBe('note');
    const at = new Date(clock.now()).toISOString();
    await noteLastBackup(data, { file: '/safe/desk.tar', at, bytes: 1, rows: 1 });
    clock.advance(days(2));
    expect(await verdict()).toBe('good');
    clock.advance(1);
    expect(await verdict()).toBe('wrong');
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
