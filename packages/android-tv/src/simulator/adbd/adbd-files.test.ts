import { systemClock } from '@vakhta/kernel';
import { expect, test } from 'vitest';
import { fileKind } from '../../adb/sync-protocol.ts';
import { MemoryFiles } from './adbd-files.ts';

const content = Buffer.from('film');
const meta = { mode: 0o644, mtime: 1_700_000_000_000 };

test('a written file is there with its parents, its mode and its time', () => {
  const files = new MemoryFiles({ clock: systemClock });
  expect(files.write('/sdcard//Movies/./metro/a.mp4', content, meta)).toEqual({ ok: true, value: undefined });
  expect(files.stat('/sdcard/Movies/metro/a.mp4')).toEqual({
    mode: fileKind.regular | 0o644,
    size: 4,
    mtime: meta.mtime,
  });
  expect(files.list('/sdcard/Movies').map(({ name }) => name)).toEqual(['metro']);
  expect(files.read('/sdcard/x/../Movies/metro/a.mp4')).toEqual({ ok: true, value: content });
});

test('what a disk would refuse is refused', () => {
  const files = new MemoryFiles({ clock: systemClock, capacity: 6 });
  expect(files.write('/sdcard', content, meta).ok).toBe(false);
  expect(files.read('/nowhere').ok).toBe(false);
  expect(files.write('/a', content, meta).ok).toBe(true);
  expect(files.write('/a/b', content, meta).ok).toBe(false);
  expect(files.write('/b', content, meta)).toEqual({
    ok: false,
    error: 'write failed: No space left on device',
  });
  expect(files.write('/a', Buffer.from('longer'), meta).ok).toBe(true);
});

test('renaming and removing give the space back', () => {
  const files = new MemoryFiles({ clock: systemClock });
  files.write('/a.part', content, meta);
  files.write('/a', Buffer.from('old'), meta);
  expect(files.rename('/a.part', '/a').ok).toBe(true);
  expect(files.stat('/a.part')).toBeUndefined();
  expect(files.used).toBe(4);
  expect(files.remove('/a')).toBe(true);
  expect(files.remove('/a')).toBe(false);
  expect(files.used).toBe(0);
});
