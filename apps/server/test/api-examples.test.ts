import { ErrorBody, type RouteDeclaration, routes } from '@vakhta/api';
import { exampleAnswer, exampleRequest } from '@vakhta/api/reference';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedOrganisation } from './fixture.ts';
import { createPerson, joinWithToken, type RunningDesk, startDesk } from './running-desk.ts';

let desk: RunningDesk;
let token: string;
beforeAll(async () => {
  desk = await startDesk();
  const { organisation } = await seedOrganisation(desk.database);
  const model = JSON.stringify(exampleAnswer('getModel', routes.getModel));
  await desk.database.tenant(organisation, async (tx) => {
    await sql`insert into thing_models (org_id, id, version, definition)
      values (${organisation}, 'android-tv', '1.0.0', ${model}::json)`.execute(tx);
  });
  ({ token } = await joinWithToken(desk, organisation, await createPerson(desk), ['owner']));
});
afterAll(() => desk.stop());

/** Refused to who has no second factor: they would shut themselves out. */
const NEEDS_SECOND_FACTOR: keyof typeof routes = 'requireSecondFactor';

const answered = async (name: string, route: RouteDeclaration) => {
  const { params = {}, query = {}, body } = exampleRequest(name, route);
  const path = route.path.replace(/\{(\w+)\}/g, (_, field: string) =>
    encodeURIComponent(params[field] ?? ''),
  );
  const address = new URL(`${desk.url}/api/v1${path}`);
  for (const [field, value] of Object.entries(query)) address.searchParams.set(field, String(value));
  return fetch(address, {
    method: route.method,
    headers: {
      ...(route.access !== 'public' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
};

test('a real server takes the form of every example request, whatever it makes of its ids', async () => {
  const all: [string, RouteDeclaration][] = Object.entries(routes);
  const counts: Record<number, number> = {};
  for (const [name, route] of all) {
    const answer = await answered(name, route);
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    const refusal = answer.ok ? undefined : ErrorBody.parse(await answer.json()).error;
    expect.soft([name, answer.status, refusal?.field, refusal?.message], name).not.toContain(400);
    // 503 is a desk that sends no mail.
    expect.soft(answer.status, `${name}: ${refusal?.message}`).not.toBe(500);
    // A token has no say where only a session does.
    if (route.access === 'session') expect.soft([401, 403], name).toContain(answer.status);
    else if (route.access !== 'public' && name !== NEEDS_SECOND_FACTOR)
      expect.soft([401, 403], name).not.toContain(answer.status);
  }
  expect(counts[200]).toBeGreaterThan(20);
});
