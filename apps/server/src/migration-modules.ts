import { join } from 'node:path';
import type { MigrationModule } from './platform/postgres/migrations.ts';

/** Everything that has tables, in the order their migrations are applied. */
export const migrationModules: readonly MigrationModule[] = [
  { name: 'identity', directory: join(import.meta.dirname, 'platform/identity/migrations') },
  { name: 'core', directory: join(import.meta.dirname, 'core/migrations') },
  { name: 'history', directory: join(import.meta.dirname, 'core/history/migrations') },
  { name: 'casino', directory: join(import.meta.dirname, 'domains/casino/migrations') },
];
