import { setTimeout as pause } from 'node:timers/promises';
import type { MailServer } from '@vakhta/testkit/processes';

/** The newest mail to this address, once there are `count` of them. */
export async function letterTo(post: MailServer, to: string, count = 1) {
  for (let tries = 0; tries < 400; tries++) {
    const found = post.mails.filter((mail) => mail.to.includes(to));
    if (found.length >= count) return found.at(-1)!.mail;
    await pause(25);
  }
  throw new Error(`no mail number ${count} to ${to}`);
}

/** What its link carries. */
export function tokenIn(text: string | undefined | null): string {
  const token = /#(\S+)/.exec(text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link in: ${text}`);
  return token;
}
