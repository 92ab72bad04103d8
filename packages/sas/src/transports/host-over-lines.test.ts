import { systemClock, systemRandom } from '@vakhta/kernel';
import { expect, onTestFinished, test } from 'vitest';
import { servedMachine } from '../../test/served-machine.ts';
import { SasHost } from '../host/index.ts';
import { openLine, parseLineAddress } from './index.ts';

test.each(['tcp', 'bridge', 'gap'] as const)(
  'the host finds a machine over a line of kind %s, reads it and hears what happens in it',
  async (kind) => {
    const { machine, line: text } = await servedMachine(kind, { credits: 1234 });
    const address = parseLineAddress(text);
    if (!address.ok) throw new Error(address.error);
    const { line } = await openLine(address.value, { clock: systemClock });
    const host = new SasHost({ line, address: 1, clock: systemClock, random: systemRandom });
    onTestFinished(async () => {
      await host.stop();
      await line.close();
    });
    const up = host.next('up');
    const opened = host.next('exception', { isMeant: ({ name }) => name === 'slotDoorOpened' });
    host.start();
    await up;
    expect(await host.ask('currentCredits', {})).toEqual({
      ok: true,
      kind: 'data',
      fields: { credits: 1234 },
      frame: expect.stringMatching(/^011A/),
    });
    machine.play.door(true);
    expect(await opened).toMatchObject({ code: '11' });
  },
);
