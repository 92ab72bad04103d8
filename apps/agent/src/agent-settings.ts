import { readFileSync } from 'node:fs';
import { UsageError } from '@vakhta/kernel';
import { closest } from 'fastest-levenshtein';
import * as z from 'zod';

const positive = z.int().positive();

/** What an operator may set in the agent's configuration file, with what holds where he does not. */
export const AgentSettings = z
  .strictObject({
    drivers: z
      .array(z.string().min(1))
      .default(['@vakhta/android-tv/driver', '@vakhta/egm/driver'])
      .describe('Modules that export the drivers of the kinds of things to look after'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error'])
      .default('info')
      .describe('The least important log lines that are written'),
    outbox: z
      .strictObject({
        maxObservations: positive.default(200_000).describe('Observations that may wait for the server'),
        maxBytes: positive.default(256 * 1024 * 1024).describe('Bytes they and their pictures may take up'),
        reserveObservations: positive
          .default(2000)
          .describe('Of these observations, kept free for results of commands and events of the agent'),
        reserveBytes: positive.default(32 * 1024 * 1024).describe('Of these bytes, kept free for the same'),
      })
      .prefault({}),
  })
  .refine(({ outbox }) => outbox.reserveObservations < outbox.maxObservations, {
    path: ['outbox', 'reserveObservations'],
    message: 'must be less than outbox.maxObservations',
  })
  .refine(({ outbox }) => outbox.reserveBytes < outbox.maxBytes, {
    path: ['outbox', 'reserveBytes'],
    message: 'must be less than outbox.maxBytes',
  });
export type AgentSettings = z.infer<typeof AgentSettings>;

const knownNames = {
  '': ['drivers', 'logLevel', 'outbox'],
  outbox: ['maxObservations', 'maxBytes', 'reserveObservations', 'reserveBytes'],
};

/** Reads the configuration file; without one, the defaults. Throws `UsageError` that names the setting and the rule. */
export function readSettings(file: string | undefined): AgentSettings {
  if (file === undefined) return AgentSettings.parse({});
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new UsageError('agent.settings_unreadable', `${file}: ${(cause as Error).message}`, { cause });
  }
  const parsed = AgentSettings.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    'agent.settings_invalid',
    `${file}: ${parsed.error.issues.map(describeIssue).join('; ')}`,
  );
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${path === '' ? 'the file' : path}: ${issue.message}`;
  const known = path === 'outbox' ? knownNames.outbox : knownNames[''];
  return issue.keys
    .map((key) => {
      const name = path === '' ? key : `${path}.${key}`;
      return `unknown setting '${name}', did you mean '${closest(key, known)}'?`;
    })
    .join('; ');
}
