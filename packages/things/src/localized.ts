import * as z from 'zod';

/** A text a person reads, in every language of the panel. */
export const Localized = z.strictObject({ en: z.string().min(1), ru: z.string().min(1) });
export type Localized = z.infer<typeof Localized>;
