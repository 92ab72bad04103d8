import { readdir, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark, BenchmarkResult } from './result.ts';

/** Files of this folder that are not benchmarks. */
const NOT_BENCHMARKS = new Set(['run.ts', 'result.ts']);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, rows: { type: 'string' } },
});

const names = (await readdir(import.meta.dirname))
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHMARKS.has(file))
  .map((file) => file.replace(/\.ts$/, ''))
  .sort();
const name = positionals[0];
if (name === undefined || !names.includes(name)) {
  console.error(
    `usage: npm run bench -- NAME [--json FILE] [--quick] [--rows N]\nNAME is one of: ${names.join(', ')}`,
  );
  process.exit(2);
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;
console.log(`${name} on ${machine}, Node ${process.version}`);
const { run } = (await import(`./${name}.ts`)) as { run: Benchmark };
const results = await run({ quick: values.quick, ...(values.rows && { rows: Number(values.rows) }) });
console.table(results.map(row));
if (values.json)
  await writeFile(
    values.json,
    `${JSON.stringify({ name, machine, node: process.version, at: new Date().toISOString(), results }, null, 2)}\n`,
  );
process.exit(0);

function row({ what, unit, value, p50, p95, p99, max, limit, ratio }: BenchmarkResult) {
  return {
    what,
    unit,
    value: round(value),
    p50: round(p50),
    p95: round(p95),
    p99: round(p99),
    max: round(max),
    limit: limit ? `${limit.what}: ${round(limit.value)}` : '',
    ratio: round(ratio),
  };
}

function round(figure: number | undefined): number | string {
  if (figure === undefined) return '';
  return Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3));
}
