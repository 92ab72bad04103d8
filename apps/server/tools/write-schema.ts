import { writeFile } from 'node:fs/promises';
import { createTestCluster } from '../test/test-cluster.ts';
import { generateSchema, SCHEMA_FILE } from './schema.ts';

const cluster = await createTestCluster();
try {
  await writeFile(SCHEMA_FILE, await generateSchema(cluster.templateUrl));
} finally {
  await cluster.stop();
}
