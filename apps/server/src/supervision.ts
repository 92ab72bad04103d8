/** What a process needs that runs the server and its database as its children. */
export { type Config, publicUrl, readConfig } from './config.ts';
export { type DatabaseSource, ensureDatabase } from './ensure-database.ts';
export { findFreePort, isPortFree } from './platform/process/free-port.ts';
export { type Kept, spawnKept } from './platform/process/keeper.ts';
export { ensurePrivateDirectory, ensureSecrets, replaceSecrets } from './platform/secrets/secrets-file.ts';
export { readServerSecrets } from './server-secrets.ts';
