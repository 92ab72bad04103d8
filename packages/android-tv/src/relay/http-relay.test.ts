import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@vakhta/kernel';
import { afterEach, expect, it } from 'vitest';
import { HttpRelay, type RelayDialect } from './http-relay.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A relay of each make, as its maker documents it; `sticks` is one whose contact is welded. */
async function relayOf(dialect: RelayDialect, sticks = false) {
  let on = true;
  const set = (value: boolean) => {
    if (!sticks) on = value;
  };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const url = new URL(request.url ?? '/', 'http://relay');
    const command = `${request.method} ${url.pathname}${decodeURIComponent(url.search)}`;
    const answer = ((): unknown => {
      switch (command) {
        case 'GET /relay':
          return { on };
        case 'POST /relay':
          set((JSON.parse(body) as { on: boolean }).on);
          return { on };
        case 'GET /rpc/Switch.GetStatus?id=0':
          return { id: 0, output: on, apower: 98.1 };
        case 'GET /rpc/Switch.Set?id=0&on=true':
        case 'GET /rpc/Switch.Set?id=0&on=false': {
          const before = on;
          set(command.endsWith('true'));
          return { was_on: before };
        }
        case 'GET /cm?cmnd=Power On':
        case 'GET /cm?cmnd=Power Off':
          set(command.endsWith('On'));
          return { POWER: on ? 'ON' : 'OFF' };
        case 'GET /cm?cmnd=Power':
          return { POWER: on ? 'ON' : 'OFF' };
        default:
          return undefined;
      }
    })();
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = dialect === 'vakhta' ? `${base}/relay` : `${base}/`;
  return new HttpRelay({ url, dialect, clock: systemClock });
}

it.each<RelayDialect>(['vakhta', 'shelly', 'tasmota'])('switches and reads a %s relay', async (dialect) => {
  const relay = await relayOf(dialect);
  expect(await relay.read()).toBe(true);
  await relay.set(false);
  expect(await relay.read()).toBe(false);
  await relay.set(true);
  expect(await relay.read()).toBe(true);
});

it('does not believe a relay that answers and does not switch', async () => {
  const relay = await relayOf('shelly', true);
  await expect(relay.set(false)).rejects.toMatchObject({ code: 'relay.not_switched' });
});

it('says unknown, and fails a set, where nothing answers', async () => {
  const relay = new HttpRelay({ url: 'http://127.0.0.1:9/relay', dialect: 'vakhta', clock: systemClock });
  expect(await relay.read()).toBeUndefined();
  await expect(relay.set(true)).rejects.toMatchObject({ code: 'relay.unreachable' });
});
