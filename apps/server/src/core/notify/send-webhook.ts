import { createHmac } from 'node:crypto';
import { AppError, type Instant } from '@vakhta/kernel';
import type { Delivery } from './outbox.ts';

const PATIENCE = 10_000;

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>`, so that neither can be changed nor an old one sent again unseen. */
function signBody(secret: string, body: string, now: Instant): string {
  const time = Math.floor(now / 1000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

export interface WebhookTarget {
  url: string;
  secret: string;
}

/** Posts one step of an alert. Throws when the receiver did not answer with success. A redirect is not followed. */
export async function sendWebhook(
  target: WebhookTarget,
  delivery: Delivery,
  deps: { now: Instant; desk: string; fetch: typeof fetch },
): Promise<void> {
  const body = JSON.stringify({ delivery: delivery.id, desk: deps.desk, alerts: delivery.items });
  const response = await deps.fetch(target.url, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Vakhta',
      'x-vakhta-delivery': delivery.id,
      'x-vakhta-signature': signBody(target.secret, body, deps.now),
    },
  });
  await response.body?.cancel();
  if (!response.ok)
    throw new AppError('webhook.refused', `the receiver answered with ${response.status}`, {
      context: { status: response.status },
    });
}
