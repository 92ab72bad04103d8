import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertSeverity, NotificationSettings } from '@vakhta/api';
import { hours, minutes, type OrganisationId, seconds, systemRandom } from '@vakhta/kernel';
import { VirtualClock } from '@vakhta/testkit';
import { type MailServer, startMailServer } from '@vakhta/testkit/processes';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Fixture, freshId, seedOrganisation } from '../../../test/fixture.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createLog } from '../../platform/log/log.ts';
import { createMailer, type Mailer } from '../../platform/mail/mailer.ts';
import { findFreePort } from '../../platform/process/free-port.ts';
import type { AlertStep } from '../alerts/steps.ts';
import { deliverNotifications } from './deliver.ts';
import { takeDue } from './outbox.ts';
import { queueNotifications } from './queue.ts';

let store: TestDatabase;
let clock: VirtualClock;
let fixture: Fixture;
let post: MailServer;
let mailer: Mailer;
let receiver: Server;
let requests: { headers: Record<string, unknown>; body: string }[];
let answer: number;

beforeAll(async () => {
  store = await createTestDatabase();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await store.drop();
});
beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 10, 26, 9));
  fixture = await seedOrganisation(store.database);
  post = await startMailServer();
  mailer = createMailer({ url: post.url, from: 'Vakhta <desk@vakhta.test>' });
  requests = [];
  answer = 204;
});
afterEach(async () => {
  mailer.close();
  await post.stop();
  // What is left on its way would reach the next test's receivers.
  await store.database.owner((tx) => sql`delete from notifications`.execute(tx));
});

async function addAlert(severity: AlertSeverity = 'warning', title = 'Too bright'): Promise<AlertStep> {
  const alert = freshId();
  const words = { en: title, ru: 'Слишком ярко' };
  await store.database.system((tx) =>
    sql`
      insert into alerts (id, org_id, title, help, severity, subject_kind, subject_id, subject_name, site_id, cause, since, opened_at)
      values (${alert}, ${fixture.organisation}, ${JSON.stringify(words)}::jsonb, '{"en":"Dim it","ru":"Убавьте"}', ${severity},
        'thing', ${fixture.things[0]}, ${'Lamp\r\nBcc: all@example.org'}, ${fixture.site}, '{}', ${new Date(clock.now())},
        ${new Date(clock.now())})`.execute(tx),
  );
  return stepOf(alert, 'opened', severity, words);
}
const stepOf = (
  alert: string,
  step: AlertStep['step'],
  severity: AlertSeverity,
  title = { en: 'x', ru: 'x' },
) => ({
  organisation: fixture.organisation,
  alert,
  step,
  severity,
  title,
  subject: 'Lamp',
  at: clock.now(),
});
const queue = (...steps: AlertStep[]) =>
  store.database.system((tx) =>
    queueNotifications(tx, steps, { clock, random: systemRandom, hasMail: true }),
  );

const deps = () => ({
  database: store.database,
  clock,
  random: systemRandom,
  log: pino({ level: 'silent' }),
  mailer,
  findPeople: async (users: readonly string[]) =>
    new Map(users.map((user) => [user, { email: `${user}@people.test` }])),
  desk: () => 'https://desk.test',
  fetch,
});
const deliver = async (after = 0) => {
  await clock.advance(after);
  await deliverNotifications(deps());
};
const prefer = (settings: Partial<NotificationSettings>) =>
  store.database.tenant(fixture.organisation, (tx) =>
    sql`insert into notification_preferences (org_id, member_id, settings) values (${fixture.organisation}, ${fixture.member},
      ${JSON.stringify({ email: 'warning', tellCleared: true, timeZone: 'Europe/Minsk', language: 'en', ...settings })}::jsonb)`.execute(
      tx,
    ),
  );
const addWebhook = (organisation: OrganisationId, port = (receiver.address() as AddressInfo).port) =>
  store.database.tenant(organisation, (tx) =>
    sql`insert into webhooks (id, org_id, name, url, secret, minimum, enabled)
      values (${freshId()}, ${organisation}, 'Hook', ${`http://127.0.0.1:${port}/in`}, 'sesame', 'warning', true)`.execute(
      tx,
    ),
  );
const subjects = () => post.mails.map(({ mail }) => mail.subject);

test('an alert is mailed once to whoever can take it on, in their language and time, with what to do and where', async () => {
  await prefer({ language: 'ru' });
  const step = await addAlert();
  await queue(step);
  await queue(step);
  await deliver();
  expect(post.mails).toEqual([]);
  await deliver(seconds(3));
  await deliver(minutes(10));
  expect(post.mails).toHaveLength(1);
  const { to, mail } = post.mails[0]!;
  expect(to).toEqual([expect.stringMatching(/@people\.test$/)]);
  expect(mail.subject).toBe('Внимание: Слишком ярко — Lamp Bcc: all@example.org, Site');
  expect(mail.text).toContain('12:00:00');
  expect(mail.text).toContain('Убавьте');
  expect(mail.text).toContain('https://desk.test/alerts');
  expect(mail.html).toBeUndefined();
  expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
});

test('a machine’s name adds no receiver and no header to a mail', async () => {
  await queue(await addAlert());
  await deliver(seconds(3));
  expect(post.mails[0]!.to).toHaveLength(1);
  expect(post.mails[0]!.mail.bcc).toBeUndefined();
});

test('a storm is two mails: the first at once, the rest of the minute together', async () => {
  await queue(await addAlert());
  await deliver(seconds(3));
  for (let n = 0; n < 40; n++) {
    await queue(await addAlert());
    await deliver(seconds(1));
  }
  expect(post.mails).toHaveLength(1);
  await deliver(seconds(25));
  expect(subjects()).toEqual([expect.stringContaining('Too bright'), '40 messages about alerts']);
});

test('while the mail server is away nothing is lost, and the same mail is sent again under the same name', async () => {
  post.refuseWith('try later');
  await queue(await addAlert());
  await deliver(seconds(3));
  await queue(await addAlert('critical'));
  await deliver(seconds(14));
  post.refuseWith(undefined);
  await deliver();
  expect(post.mails).toEqual([]);
  await deliver(seconds(1));
  expect(post.mails).toHaveLength(1);
  await deliver(minutes(2));
  expect(post.mails).toHaveLength(2);
  expect(new Set(post.mails.map(({ mail }) => mail.messageId)).size).toBe(2);
});

test('a server that died while sending sends the very same mail again', async () => {
  await queue(await addAlert());
  await clock.advance(seconds(3));
  const [taken] = await takeDue(store.database, deps());
  await deliver(seconds(119));
  expect(post.mails).toEqual([]);
  await deliver(seconds(1));
  expect(post.mails.map(({ mail }) => mail.messageId)).toEqual([`<${taken!.id}@vakhta.test>`]);
});

test('in quiet hours only what is critical is mailed; the rest comes in one mail when they end', async () => {
  await prefer({ quietFrom: '11:00', quietUntil: '13:00' });
  await queue(await addAlert('warning', 'Can wait'));
  await queue(await addAlert('warning', 'Can wait too'));
  await queue(await addAlert('critical', 'Burns'));
  await deliver(seconds(3));
  expect(subjects()).toEqual([expect.stringContaining('Burns')]);
  await deliver(minutes(59));
  expect(post.mails).toHaveLength(1);
  await deliver(minutes(1));
  expect(subjects()[1]).toBe('2 messages about alerts');
});

test('who wants no mail gets none, and the end is told to those who heard of the beginning', async () => {
  await prefer({ email: 'critical' });
  const small = await addAlert('warning');
  const big = await addAlert('critical', 'Burns');
  await queue(small, big);
  await deliver(seconds(3));
  await queue(stepOf(small.alert, 'cleared', 'warning'), stepOf(big.alert, 'cleared', 'critical'));
  await deliver(minutes(2));
  expect(subjects()).toEqual([
    expect.stringMatching(/^Critical: Burns/),
    expect.stringMatching(/^Critical: Burns .*\(over\)$/),
  ]);
});

test('an escalated alert reaches those whom it did not matter to before', async () => {
  await prefer({ email: 'critical' });
  const step = await addAlert('warning');
  await queue(step);
  await store.database.system((tx) =>
    sql`update alerts set level = 1, severity = 'critical' where id = ${step.alert}`.execute(tx),
  );
  await queue({ ...step, step: 'escalated', severity: 'critical' });
  await deliver(seconds(3));
  expect(subjects()).toEqual([expect.stringContaining('still nobody is on it')]);
});

test('a webhook gets what happened, signed so that it can be proved and not replayed', async () => {
  await addWebhook(fixture.organisation);
  const other = await seedOrganisation(store.database);
  await addWebhook(other.organisation);
  const step = await addAlert();
  await queue(step);
  await deliver();
  await deliver(minutes(5));
  expect(requests).toHaveLength(1);
  const { headers, body } = requests[0]!;
  const time = Math.floor(Date.UTC(2026, 10, 26, 9) / 1000);
  const digest = createHmac('sha256', 'sesame').update(`${time}.${body}`).digest('hex');
  expect(headers['x-vakhta-signature']).toBe(`t=${time},v1=${digest}`);
  expect(JSON.parse(body)).toMatchObject({
    delivery: headers['x-vakhta-delivery'],
    desk: 'https://desk.test',
    alerts: [{ alert: step.alert, step: 'opened', severity: 'warning', title: { en: 'Too bright' } }],
  });
});

test.each([500, 404, 302])(
  'a webhook that answers %i is tried again as the same delivery',
  async (status) => {
    await addWebhook(fixture.organisation);
    answer = status;
    await queue(await addAlert());
    await deliver();
    expect(requests).toHaveLength(1);
    answer = 200;
    await deliver(seconds(14));
    expect(requests).toHaveLength(1);
    await deliver(seconds(1));
    await deliver(minutes(30));
    expect(requests).toHaveLength(2);
    expect(new Set(requests.map(({ headers }) => headers['x-vakhta-delivery'])).size).toBe(1);
  },
);

test('why a webhook was not taken is said so that somebody can mend it', async () => {
  const port = await findFreePort();
  await addWebhook(fixture.organisation, port);
  await queue(await addAlert());
  await deliver();
  const { rows } = await store.database.tenant(fixture.organisation, (tx) =>
    sql`select error from notifications where webhook_id is not null`.execute(tx),
  );
  expect(rows).toEqual([{ error: expect.stringContaining(`127.0.0.1:${port}`) }]);
});

test('what could not be delivered for a day is given up', async () => {
  await addWebhook(fixture.organisation);
  answer = 500;
  await queue(await addAlert());
  for (let n = 0; n < 120; n++) await deliver(minutes(15));
  const tries = requests.length;
  expect(tries).toBeGreaterThan(50);
  await deliver(minutes(60));
  expect(requests).toHaveLength(tries);
});

test('the log tells of each try at a mail, and names nobody, whatever the mail server says', async () => {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } });
  await prefer({});
  await queue(await addAlert());
  await clock.advance(seconds(3));
  const refusing: Mailer = {
    send: async ({ to }) => {
      throw new Error(`550 <${to}> has no mailbox here`);
    },
    close() {},
  };
  await deliverNotifications({ ...deps(), log, mailer: refusing });
  await clock.advance(hours(1));
  await deliverNotifications({ ...deps(), log });
  expect(post.mails).toHaveLength(1);
  const told = lines.map((line) => JSON.parse(line));
  expect(told).toMatchObject([
    { event: 'notification.unsent', level: 'warn', reason: '550 <…> has no mailbox here' },
    { event: 'notification.sent', level: 'debug', by: 'mail' },
  ]);
  expect(lines.join('')).not.toContain('@people.test');
});
