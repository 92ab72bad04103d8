import { systemClock } from '@vakhta/kernel';

/** Milliseconds until the last byte of a GET; throws for any answer but a good one. */
export async function answerTime(url: string, token: string): Promise<number> {
  const start = systemClock.monotonic();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.status}: ${Buffer.from(body).toString()}`);
  return systemClock.monotonic() - start;
}
