import { isQuirkProfile, type QuirkProfile, quirkProfiles } from '@vakhta/sas/simulator';
import { afterEach, expect, test } from 'vitest';
import { EgmBench } from '../../test/egm-bench.ts';
import { Configuration, type EnrolmentActs, measureProfile, Reading } from '../facts/index.ts';

let bench: EgmBench;
afterEach(() => bench.end());

/** One bill of 20, one game, one transfer of 50.00, as a person does them beside the machine. */
async function enrol(profile: QuirkProfile, denomCode: number, cheat: (at: EgmBench) => void = () => {}) {
  bench = new EgmBench({
    configuration: { syncBeforePoll: profile === 'syncBeforeEveryPoll' },
    setup: { quirks: quirkProfiles[profile], identity: { denomCode }, credits: 0 },
  });
  const at = await bench.started();
  const read = async () => {
    expect(await at.done('readNow')).toMatchObject({ state: 'succeeded' });
    return Reading.parse(at.facts('reading').at(-1));
  };
  const start = await read();
  at.machine.play.bill(0, 4);
  cheat(at);
  const afterBill = await read();
  at.machine.play.game(3, 5);
  const afterGame = await read();
  const order = { transfer: 'T-1', kind: 'cashable', amountCents: 5000, allowPartial: false };
  const ended = await at.done('transferToMachine', order);
  const afterTransfer = await read();
  const { creditTenThousandths, wonCreditsMeterModel } = Configuration.parse(
    at.facts('configuration').at(-1),
  );
  const acts: EnrolmentActs = {
    billCents: 2000,
    transferCents: 5000,
    creditTenThousandths: creditTenThousandths!,
    wonCreditsMeterModel,
  };
  return { ended, measured: measureProfile({ start, afterBill, afterGame, afterTransfer }, acts) };
}

test.each(Object.keys(quirkProfiles).filter((name) => isQuirkProfile(name) && name !== 'registersFirst'))(
  'a machine with the habits "%s" is measured and green',
  async (name) => {
    if (!isQuirkProfile(name)) return;
    const { measured } = await enrol(name, 2);
    expect(measured.problems).toEqual([]);
    const isWhole = name === 'everythingInDrop';
    expect(measured.profile).toMatchObject({
      meterModel: 1,
      billsInDrop: true,
      transfersInDrop: isWhole,
      identityGapCredits: isWhole ? 0 : 1000,
      countsBillsIn: ['0B', '24', '3F'],
      countsTransfersIn: isWhole ? ['A0', '17', '2E', '24'] : ['A0', '17'],
    });
    expect(measured.profile.digits['00']).toBe(name === 'longMeters' ? 18 : 8);
    expect(measured.profile.digits.A0).toBe(name === 'longMeters' ? 18 : 10);
  },
);

test('a machine that refuses the transfer is not green, and it is said why', async () => {
  const { ended, measured } = await enrol('registersFirst', 1);
  expect(ended).toMatchObject({ state: 'failed', code: 'egm.transfer_refused' });
  expect(measured.problems).toEqual([
    { step: 'transfer', rule: 'transferValue', code: 'A0', expected: 5000, counted: 0 },
    { step: 'transfer', rule: 'creditsFollow', code: '0C', expected: 5000, counted: 0 },
  ]);
});

test('a bill that is worth something else than the machine counts is found', async () => {
  const { measured } = await enrol('plain', 1, (at) => at.machine.play.bill(0, 2));
  expect(measured.problems).toContainEqual({
    step: 'bill',
    rule: 'noteValue',
    code: '0B',
    expected: 2000,
    counted: 2500,
  });
});
