import { AppError } from '@vakhta/kernel';
import { LinkClose } from '@vakhta/link';
import type { z } from 'zod';

/** Someone did not keep to the protocol; the connection is closed with this code and the reason is logged. */
export class LinkBreach extends AppError {
  readonly closeCode: number;
  constructor(code: string, message: string, closeCode: number) {
    super(code, message);
    this.closeCode = closeCode;
  }
}

export const breach = (code: string, message: string, closeCode: number = LinkClose.protocol) =>
  new LinkBreach(code, message, closeCode);

/** Throws a breach that names the field. */
export function parseFrame<T>(schema: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw breach('link.bad_frame', 'not JSON');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw breach('link.bad_frame', `${issue?.path.join('.')}: ${issue?.message}`.slice(0, 120));
}
