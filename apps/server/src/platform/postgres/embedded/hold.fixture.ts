import { systemClock } from '@vakhta/kernel';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

/** A process that keeps a cluster until it is told to stop, or dies: `node hold.fixture.ts HOME`. */
const postgres = await startEmbeddedPostgres({
  home: process.argv[2]!,
  password: 'secret',
  clock: systemClock,
});
process.on('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
process.stdin.resume();
console.log(JSON.stringify({ pid: postgres.pid, url: postgres.url }));
