import * as z from 'zod';

/** What can become of an alert, one step at a time. */
export const AlertStepName = z.enum(['opened', 'repeated', 'escalated', 'acknowledged', 'cleared']);
export type AlertStepName = z.infer<typeof AlertStepName>;
