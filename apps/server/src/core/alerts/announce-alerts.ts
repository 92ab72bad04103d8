import type { LiveHub } from '../live/hub.ts';
import type { AlertStep } from './steps.ts';

/** Tells panels which alerts took a step; whatever a panel looks at, it hears of them. */
export function announceAlerts(hub: Pick<LiveHub, 'publish'>, steps: readonly AlertStep[]): void {
  for (const { organisation, alert, step, severity, title, subject, at } of steps)
    hub.publish(organisation, {
      type: 'alert',
      id: alert,
      step,
      severity,
      title,
      subject,
      at: new Date(at).toISOString(),
    });
}
