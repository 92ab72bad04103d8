import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Random } from '@vakhta/kernel';
import { generateSigningKey } from '@vakhta/link';
import * as z from 'zod';
import type { Config } from './config.ts';
import { ensurePrivateDirectory, ensureSecrets, replaceSecrets } from './platform/secrets/secrets-file.ts';

const ServerSecrets = z.strictObject({
  /** Ed25519, PKCS#8 PEM: agents pinned its public half when they enrolled and obey no other. */
  signingKey: z.string(),
  sessionSecret: z.string(),
  databasePassword: z.string(),
});
export type ServerSecrets = z.infer<typeof ServerSecrets>;

/** A hash that differs where agents or sessions would not go from one server to the other. */
export const credentialsOf = ({ signingKey, sessionSecret }: ServerSecrets): string =>
  createHash('sha256').update(`vakhta nodes\n${signingKey.trim()}\n${sessionSecret}`).digest('hex');

/** Those of the environment, else those in the data directory, made on the first start. */
export async function readServerSecrets(
  config: Pick<Config, 'data' | 'secrets'>,
  random: Random,
): Promise<ServerSecrets> {
  const { signingKey, sessionSecret, databasePassword } = config.secrets;
  if (signingKey && sessionSecret && databasePassword) return { signingKey, sessionSecret, databasePassword };
  const secret = () => Buffer.from(random.bytes(32)).toString('base64url');
  await ensurePrivateDirectory(config.data);
  const kept = await ensureSecrets(fileIn(config.data), ServerSecrets, () => ({
    signingKey: generateSigningKey().pem,
    sessionSecret: secret(),
    databasePassword: secret(),
  }));
  return {
    signingKey: signingKey ?? kept.signingKey,
    sessionSecret: sessionSecret ?? kept.sessionSecret,
    databasePassword: databasePassword ?? kept.databasePassword,
  };
}

/** Puts these in the place of those in the data directory; what the environment gives stays the environment's. */
export async function keepServerSecrets(
  config: Pick<Config, 'data' | 'secrets'>,
  secrets: ServerSecrets,
): Promise<void> {
  const { signingKey, sessionSecret, databasePassword } = config.secrets;
  if (signingKey && sessionSecret && databasePassword) return;
  await replaceSecrets(fileIn(config.data), secrets);
}

const fileIn = (data: string): string => join(data, 'secrets.json');
