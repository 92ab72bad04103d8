import type { AlertSeverity, AlertStepName } from '@vakhta/api';
import type { Instant, OrganisationId } from '@vakhta/kernel';
import type { Localized } from '@vakhta/things';

/** A step in an alert's life that has been taken. */
export interface AlertStep {
  organisation: OrganisationId;
  alert: string;
  step: AlertStepName;
  severity: AlertSeverity;
  title: Localized;
  subject: string;
  at: Instant;
}
