import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, UsageError } from '@vakhta/kernel';
import { AgentIdSchema, loadSigningKey, OrganisationIdSchema, type SigningKey } from '@vakhta/link';
import * as z from 'zod';

/** Who this agent is and whom it obeys: what enrolment gave it. */
export const Identity = z.strictObject({
  /** Where the server is: 'https://desk.example'. */
  server: z.url({ protocol: /^https?$/ }),
  agent: AgentIdSchema,
  organisation: OrganisationIdSchema,
  /** Ed25519, base64url; no other key's orders are carried out. */
  serverKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** PEM of the authority that signs the server's certificate; absent where the machine's own list is believed. */
  authority: z.string().optional(),
});
export type Identity = z.infer<typeof Identity>;

const IDENTITY_FILE = 'agent.json';
const KEY_FILE = 'agent-key.pem';

export const isEnrolled = (directory: string): boolean => existsSync(join(directory, IDENTITY_FILE));

/** Throws `UsageError` when there is no usable identity, with what to do about it. */
export function readIdentity(directory: string): { identity: Identity; key: SigningKey } {
  if (!isEnrolled(directory))
    throw new UsageError(
      'agent.not_enrolled',
      `no agent is enrolled in ${directory}: run 'vakhta enrol' first`,
    );
  try {
    const identity = Identity.parse(JSON.parse(readFileSync(join(directory, IDENTITY_FILE), 'utf8')));
    return { identity, key: loadSigningKey(readFileSync(join(directory, KEY_FILE), 'utf8')) };
  } catch (cause) {
    throw new UsageError(
      'agent.identity_damaged',
      `the identity in ${directory} cannot be read: enrol again with --replace`,
      { cause },
    );
  }
}

/** Keeps the identity and the key, readable by their owner only. Whole or not at all: the identity comes last. */
export function writeIdentity(directory: string, identity: Identity, keyPem: string): void {
  ensurePrivateDirectory(directory);
  writeAtomically(directory, KEY_FILE, keyPem);
  writeAtomically(directory, IDENTITY_FILE, `${JSON.stringify(identity, null, 2)}\n`);
}

/** A folder that only its owner can enter. */
export function ensurePrivateDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError(
      'agent.directory',
      `cannot make the folder ${directory}: ${(cause as Error).message}`,
      {
        cause,
        retry: 'after',
      },
    );
  }
}

function writeAtomically(directory: string, name: string, content: string): void {
  const path = join(directory, name);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
  const folder = openSync(directory, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
