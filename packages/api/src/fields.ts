import type { Json } from '@vakhta/kernel';
import * as z from 'zod';

/** Shared shapes of fields. */
export const Id = z.uuid();
/** ISO 8601 in UTC: '2026-01-31T20:00:00.000Z'. */
export const Time = z.iso.datetime();
/** What people call a site, a group, a thing. */
export const Name = z.string().trim().min(1).max(120);
export const Email = z.email().max(254).toLowerCase();
/** At least ten characters, no other rule: length is what protects (NIST SP 800-63B §3.1.1.2). */
export const Password = z.string().min(10).max(200);

/** The languages people are written to in. */
export const Language = z.enum(['en', 'ru']);
export type Language = z.infer<typeof Language>;
/** What a mailed link carries after its '#'. */
export const LinkToken = z.string().min(1).max(200);

/** Any value that JSON can carry. */
export const JsonValue: z.ZodType<Json> = z.json();
