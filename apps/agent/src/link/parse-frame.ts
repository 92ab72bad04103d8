import type { Frame } from '@vakhta/link';
import type * as z from 'zod';

/** A text frame as the schema has it; undefined for anything else. */
export function parseFrame<Schema extends z.ZodType>(
  schema: Schema,
  frame: Frame,
): z.output<Schema> | undefined {
  if (typeof frame !== 'string') return undefined;
  try {
    return schema.safeParse(JSON.parse(frame)).data;
  } catch {
    return undefined;
  }
}
