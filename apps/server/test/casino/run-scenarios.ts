import { readFile } from 'node:fs/promises';
import { openDatabase } from '../../src/platform/postgres/database.ts';
import { createTestCluster } from '../test-cluster.ts';
import { playScenario } from './play-scenario.ts';

/** Plays the scenarios of a file, each in an organisation of its own, on a PostgreSQL of our own. */
async function main(file: string | undefined): Promise<number> {
  if (file === undefined) {
    console.error('usage: npm run -s casino:scenarios -- FILE');
    return 2;
  }
  const scenarios: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!Array.isArray(scenarios)) {
    console.error(`${file}: not an array of scenarios`);
    return 2;
  }
  const cluster = await createTestCluster();
  const database = openDatabase({ url: cluster.templateUrl });
  let passed = 0;
  try {
    for (const [index, scenario] of scenarios.entries()) {
      const failures = await playScenario(database, scenario);
      if (failures.length === 0) passed += 1;
      console.log(`${failures.length === 0 ? 'passed' : 'FAILED'}  ${nameOf(scenario, index)}`);
      for (const { what, expected, actual } of failures) {
        console.log(`        ${what}`);
        if (expected !== undefined)
          console.log(
            `          expected ${JSON.stringify(expected)}\n          actual   ${JSON.stringify(actual)}`,
          );
      }
    }
  } finally {
    await database.close();
    await cluster.stop();
  }
  const failed = scenarios.length - passed;
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

function nameOf(scenario: unknown, index: number): string {
  const { id, title } = (scenario ?? {}) as { id?: string; title?: string };
  return [`#${index + 1}`, id, title].filter(Boolean).join(' ');
}

process.exitCode = await main(process.argv[2]);
