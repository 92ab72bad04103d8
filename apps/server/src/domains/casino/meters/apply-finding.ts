import type { Hall } from '../hall/hall.ts';
import type { Machine } from '../hall/machine.ts';
import { clearHeld, hold } from './held.ts';
import type { Finding } from './judge-reading.ts';
import { addRow } from './rows.ts';

/** Books one finding about one code and moves on where the code stands. `fromAt`: the reading before. */
export async function applyFinding(
  hall: Hall,
  machine: Machine,
  finding: Finding,
  { at, fromAt }: { at: Date; fromAt: Date | null },
): Promise<void> {
  const { code } = finding;
  const stand = machine.meters[code];
  const heal = async () => {
    if (stand?.held) await clearHeld(hall, machine, stand.held, at);
  };
  switch (finding.finding) {
    case 'baseline':
      machine.meters[code] = { base: finding.value };
      return;
    case 'same':
      if (finding.heals) {
        await heal();
        machine.meters[code] = { base: stand!.base };
      }
      return;
    case 'moved': {
      const { from, value: to, delta, kind } = finding;
      await heal();
      machine.meters[code] = { base: to };
      await addRow(hall, machine, { code, at, fromAt, from, to, delta, kind });
      return;
    }
    case 'beyondHeld': {
      const { from, value: to, delta } = finding;
      machine.meters[code] = { base: stand!.base, held: { ...stand!.held!, value: to } };
      await addRow(hall, machine, { code, at, fromAt, from, to, delta, kind: 'normal' });
      return;
    }
    case 'held': {
      if (finding.heals) await heal();
      const { kind, value } = finding;
      const id = await hold(hall, machine, { ...finding, at, fromAt });
      machine.meters[code] = { base: finding.from, held: { id, kind, value } };
      return;
    }
    case 'stillHeld':
  }
}
