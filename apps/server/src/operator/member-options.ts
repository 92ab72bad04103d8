import { text } from 'node:stream/consumers';
import { memberRoutes } from '@vakhta/api';
import { systemRandom, UsageError } from '@vakhta/kernel';
import type * as z from 'zod';

/** What a member is described by on the command line, under the rules of the API. */
export const fields = memberRoutes.addMember.body.shape;

/** @throws UsageError member.invalid, naming the option and the rule */
export function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError('member.invalid', `${what}: ${parsed.error.issues[0]!.message}`);
}

/** From standard input, so that it stands in no list of processes. */
export const readPassword = async (): Promise<string> =>
  parse(fields.password.unwrap(), (await text(process.stdin)).replace(/\r?\n$/, ''), 'the password');

export const madeUpPassword = (): string => Buffer.from(systemRandom.bytes(15)).toString('base64url');
