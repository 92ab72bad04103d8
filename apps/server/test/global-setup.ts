import type { TestProject } from 'vitest/node';
import { createTestCluster } from './test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: { url: string; template: string };
  }
}

/** One PostgreSQL for the whole run; each test file clones a database of its own from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, template, stop } = await createTestCluster();
  project.provide('testCluster', { url, template });
  return stop;
}
