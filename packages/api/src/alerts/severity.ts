import type { Choice } from '@vakhta/things';
import * as z from 'zod';

/** How much an alert matters, from the least. */
export const AlertSeverity = z.enum(['notice', 'warning', 'critical']);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** The words for each, as a form offers them. */
export const severityChoices: Choice[] = [
  { const: 'notice', title: { en: 'Notice', ru: 'К сведению' }, tone: 'neutral' },
  { const: 'warning', title: { en: 'Warning', ru: 'Внимание' }, tone: 'attention' },
  { const: 'critical', title: { en: 'Critical', ru: 'Авария' }, tone: 'bad' },
];

/** Whether `severity` is at least `minimum`. */
export const isAtLeast = (severity: AlertSeverity, minimum: AlertSeverity): boolean =>
  AlertSeverity.options.indexOf(severity) >= AlertSeverity.options.indexOf(minimum);
