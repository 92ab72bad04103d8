import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Threat {
  id: string;
  cells: string[];
  tests: { file: string; title: string }[];
}

/** The rows of the table under '## Threats'. */
async function readThreats(): Promise<Threat[]> {
  const text = await readFile(join(root, 'docs/threat-model.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('Threats\n')) ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| [A-Z]\d+ /.test(line))
    .map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const tests = (cells.at(-1) ?? '').split(' · ').map((one) => {
        const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
        return { file, title };
      });
      return { id: cells[0] ?? '', cells, tests };
    });
}

/** What the tests and groups of a file are called. */
async function titlesOf(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8');
  const call = /\b(?:test|describe)(?:\.each(?:<[^(]*>)?\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)+)\1/g;
  return [...text.matchAll(call)].map(([, , title = '']) => title);
}

const threats = await readThreats();

test('each threat is told once, with who, what, what stands against it and a test', () => {
  expect(threats.length).toBeGreaterThan(30);
  expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
  for (const { id, cells, tests } of threats) {
    expect([id, cells.length, cells.every((cell) => cell !== '')]).toEqual([id, 5, true]);
    for (const { file, title } of tests) expect([id, file !== '', title !== '']).toEqual([id, true, true]);
  }
});

test.each(threats.map(({ id, tests }) => [id, tests] as const))(
  '%s: the tests it names are there',
  async (_, tests) => {
    for (const { file, title } of tests) {
      const titles = await titlesOf(file);
      expect(
        titles.filter((one) => one.includes(title)),
        `${file}: ${title}`,
      ).not.toEqual([]);
    }
  },
);
