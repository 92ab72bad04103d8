import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** Bundles a program for a browser, as one script. */
async function bundle(program: string): Promise<Rollup.OutputChunk> {
  const entry = '\0program.ts';
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      rollupOptions: {
        input: 'program',
        output: { format: 'iife', name: 'bundled' },
        preserveEntrySignatures: 'strict',
      },
    },
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
      },
    ],
  });
  const output = (Array.isArray(built) ? built[0]! : (built as Rollup.RollupOutput)).output;
  expect(output).toHaveLength(1);
  return output[0];
}

/** Runs a bundle where there is nothing but the language and what every browser has. */
function runInBrowser(code: string): unknown {
  return runInContext(
    `${code}; bundled`,
    createContext({ TextEncoder, TextDecoder, crypto: globalThis.crypto }),
  );
}

/** Not a module of Node, and nothing that stands in for one. */
const needsNode = (chunk: Rollup.OutputChunk) => [
  ...chunk.imports,
  ...Object.keys(chunk.modules).filter((id) => /browser-external|koffi|transports/.test(id)),
];

test('the codec bundles for a browser and decodes there', async () => {
  const chunk = await bundle(`
    import { decodeResponse, describe, fromHex } from ${JSON.stringify(join(src, 'codec/index.ts'))};
    export const said = describe(decodeResponse(fromHex('011A000166609CF4'), '1A').value);
  `);
  expect(needsNode(chunk)).toEqual([]);
  expect(runInBrowser(chunk.code)).toMatchObject({ said: expect.stringContaining('16660') });
});

test('the simulator bundles for a browser and answers a poll there', async () => {
  const chunk = await bundle(`
    import { Player, SimulatedMachine, SteppedClock } from ${JSON.stringify(join(src, 'simulator/index.ts'))};
    import { hostSymbols } from ${JSON.stringify(join(src, 'line/index.ts'))};
    let seed = 1;
    const random = { float: () => (seed = (seed * 48271) % 2147483647) / 2147483647, bytes: (n) => new Uint8Array(n) };
    const clock = new SteppedClock(0);
    const machine = new SimulatedMachine({ credits: 1234 }, { clock, random });
    const heard = [];
    machine.port.connectTo((symbols) => heard.push(...symbols));
    for (const symbol of hostSymbols([0x01, 0x1a])) machine.port.hear(symbol, clock.monotonic());
    export const answer = heard.slice(0, 6).join();
    new Player(machine, { clock, random }).start();
    clock.advance(60000);
    export const games = machine.meters.read('0005');
  `);
  expect(needsNode(chunk)).toEqual([]);
  const { answer, games } = runInBrowser(chunk.code) as { answer: string; games: number };
  expect(answer).toBe([0x01, 0x1a, 0x00, 0x00, 0x12, 0x34].join());
  expect(games).toBeGreaterThan(5);
});
