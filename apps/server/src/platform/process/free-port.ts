import { createServer } from 'node:net';

/** Whether something could listen on 127.0.0.1:`port` now. */
export function isPortFree(port: number): Promise<boolean> {
  return listen(port).then(
    () => true,
    () => false,
  );
}

/** A port of 127.0.0.1 that nothing listens on now. */
export const findFreePort = (): Promise<number> => listen(0);

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
