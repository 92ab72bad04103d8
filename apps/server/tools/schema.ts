import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

export const SCHEMA_FILE = join(import.meta.dirname, '../src/platform/postgres/schema.ts');

/** How columns come and go: bigints by our parser, JSON unparsed in and parsed out, to be checked by a schema. */
const JSON_TEXT = 'ColumnType<unknown, string, string>';
const TYPES = { int8: 'number', json: JSON_TEXT, jsonb: JSON_TEXT };

/** The TypeScript of the migrated database at `url`, as `schema.ts` should be. */
export async function generateSchema(url: string): Promise<string> {
  const codegen = join(dirname(require.resolve('kysely-codegen/package.json')), 'dist/cli/bin.js');
  const { stdout } = await run(
    process.execPath,
    [
      ...[codegen, '--print', '--url', url, '--dialect', 'postgres', '--default-schema', 'public'],
      ...['--include-pattern', 'public.*', '--exclude-pattern', 'public.vakhta_migrations'],
      ...['--type-mapping', JSON.stringify(TYPES)],
    ],
    { cwd: import.meta.dirname, maxBuffer: 16 * 1024 * 1024 },
  );
  const code = stdout.slice(stdout.indexOf('/**')).replace('interface DB ', 'interface Schema ');
  return format(code);
}

async function format(code: string): Promise<string> {
  const biome = require.resolve('@biomejs/biome/bin/biome');
  const child = run(process.execPath, [biome, 'format', `--stdin-file-path=${SCHEMA_FILE}`]);
  child.child.stdin?.end(code);
  return (await child).stdout;
}
