import { clearAlert, openAlert } from '../alerts/alerts.ts';
import { type Answer, done, type FactOf, lacksSecondPerson, refused } from '../facts/fact.ts';
import { closeEpoch, openEpoch } from '../meters/epochs.ts';
import { unitOf } from '../meters/meter-codes.ts';
import { endSessionAt } from '../sessions/sessions.ts';
import type { Hall } from './hall.ts';
import { basesOf, findMachine, type Machine, saveMachine } from './machine.ts';

const IDENTITY_CHANGED = 'MACHINE_IDENTITY_CHANGED';

/** Another cabinet, or other programs in it, stand there now: its meters are not those we knew. */
export async function checkIdentity(hall: Hall, fact: FactOf<'identity'>, at: Date): Promise<void> {
  const machine = await findMachine(hall, fact.machine);
  if (!machine) return;
  const isOtherCabinet = fact.serial !== machine.serial;
  const hasOtherProgram =
    machine.romSignature !== null &&
    fact.romSignature !== undefined &&
    fact.romSignature !== machine.romSignature;
  if (!isOtherCabinet && !hasOtherProgram) return;
  await openAlert(hall, { code: IDENTITY_CHANGED, subject: machine.id, severity: 'critical', at });
  if (machine.state === 'live' && machine.epoch > 0 && machine.lastReadingAt)
    await closeEpoch(hall, machine, { at: machine.lastReadingAt, by: 'swap', gap: 'none' });
  if (isOtherCabinet) machine.previousSerials = [...machine.previousSerials, machine.serial];
  machine.serial = fact.serial;
  if (machine.romSignature !== null) machine.romSignature = fact.romSignature ?? machine.romSignature;
  machine.state = 'waiting_enrolment';
  machine.waitingSince = hall.fact;
  machine.meters = {};
  await saveMachine(hall, machine);
  await endSessionAt(hall, machine.id, 'out_of_service');
}

/** Two persons take a new cabinet into service. What it had counted before is its baseline. */
export async function enrolMachine(hall: Hall, act: FactOf<'enrol'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const machine = await findMachine(hall, act.machine);
  if (machine?.state !== 'waiting_enrolment' || machine.serial !== act.serial) return refused('wrong_serial');
  machine.state = 'live';
  machine.denominationMinor = act.denominationMinor;
  machine.parHoldPct = act.parHoldPct;
  const baseline = await lastReadingWhileWaiting(hall, machine);
  machine.waitingSince = null;
  machine.meters = Object.fromEntries(Object.entries(baseline).map(([code, base]) => [code, { base }]));
  await openEpoch(hall, machine, hall.now, baseline);
  await saveMachine(hall, machine);
  await clearAlert(hall, IDENTITY_CHANGED, machine.id, hall.now);
  return done;
}

/** The last meters it told while it waited. */
async function lastReadingWhileWaiting(hall: Hall, machine: Machine): Promise<Record<string, number>> {
  const reading = await hall.tx
    .selectFrom('casino_readings')
    .select('meters')
    .where('hall_id', '=', hall.hall)
    .where('machine', '=', machine.id)
    .where('fact_id', '>', machine.waitingSince ?? hall.fact)
    .orderBy('at', 'desc')
    .orderBy('fact_id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const meters = (reading?.meters ?? {}) as Record<string, number>;
  return Object.fromEntries(Object.entries(meters).filter(([code]) => unitOf(code) !== 'gauge'));
}

/** The machine is set up anew: its meters go on, but count in other money from now on. */
export async function changeConfiguration(hall: Hall, fact: FactOf<'config'>, at: Date): Promise<void> {
  const machine = await findMachine(hall, fact.machine);
  if (!machine) return;
  const hasOpenEpoch = machine.state === 'live' && machine.epoch > 0;
  if (hasOpenEpoch) await closeEpoch(hall, machine, { at, by: 'config', gap: 'none' });
  machine.denominationMinor = fact.denominationMinor;
  machine.parHoldPct = fact.parHoldPct;
  if (hasOpenEpoch) await openEpoch(hall, machine, at, basesOf(machine));
  await saveMachine(hall, machine);
}

/** Two persons are about to clear the machine's memory: the next reading that fell is no loss. */
export async function announceClear(hall: Hall, act: FactOf<'clear.announce'>): Promise<Answer> {
  const lacking = lacksSecondPerson(act);
  if (lacking) return lacking;
  const machine = await findMachine(hall, act.machine);
  if (!machine) return refused('machine_not_live');
  machine.clearAnnounced = true;
  await saveMachine(hall, machine);
  return done;
}
