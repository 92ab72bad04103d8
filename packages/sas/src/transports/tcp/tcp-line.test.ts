import { systemClock } from '@vakhta/kernel';
import { afterEach, expect, test } from 'vitest';
import type { Line } from '../../line/index.ts';
import { connectTcpLine, listenTcpLine, type TcpLineServer } from './tcp-line.ts';

let server: TcpLineServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function pair(): Promise<{ host: Line; machine: Line }> {
  let machine: (line: Line) => void = () => {};
  const connected = new Promise<Line>((resolve) => {
    machine = resolve;
  });
  server = await listenTcpLine({ host: '127.0.0.1', port: 0 }, systemClock, machine);
  const host = await connectTcpLine({ host: '127.0.0.1', port: server.port }, systemClock);
  return { host, machine: await connected };
}

const heardBy = (line: Line, count: number) =>
  new Promise<number[]>((resolve) => {
    const heard: number[] = [];
    line.receive((symbols) => {
      heard.push(...symbols.map(({ symbol }) => symbol));
      if (heard.length >= count) resolve(heard);
    });
  });

test('every symbol keeps its ninth bit over TCP, in both directions', async () => {
  const { host, machine } = await pair();
  const every = Array.from({ length: 512 }, (_, symbol) => symbol);
  const heard = Promise.all([heardBy(machine, 512), heardBy(host, 512)]);
  await host.send(every);
  await machine.send(every.toReversed());
  expect(await heard).toEqual([every, every.toReversed()]);
});

test('a line says when and why it was closed', async () => {
  const { host, machine } = await pair();
  await machine.close();
  expect(await host.closed).toBe('the other side closed the connection');
  await expect(host.send([1])).rejects.toMatchObject({ code: 'sas.line.closed' });
  await expect(connectTcpLine({ host: '127.0.0.1', port: 1 }, systemClock)).rejects.toMatchObject({
    code: 'sas.line.no_device',
  });
});

test('a port that is taken is refused', async () => {
  await pair();
  const again = listenTcpLine({ host: '127.0.0.1', port: server!.port }, systemClock, () => {});
  await expect(again).rejects.toMatchObject({ code: 'sas.line.no_port' });
});
