import {
  type ApiClient,
  casinoActRoutes,
  casinoCashRoutes,
  casinoFloorRoutes,
  commandRoutes,
  createClient,
  memberRoutes,
  siteRoutes,
  type Thing,
} from '@vakhta/api';
import { AppError, type Clock, seconds, sleep } from '@vakhta/kernel';
import { guestNames, seedGuests } from './guests.ts';
import { HALL_NAME, listHall } from './hall.ts';
import { makeToken } from './sign-in.ts';

/** Who works in the hall. */
export const staff = [
  { role: 'manager', email: 'manager@vakhta.example', name: 'Ольга Ковалёва' },
  { role: 'supervisor', email: 'supervisor@vakhta.example', name: 'Игорь Мельник' },
  { role: 'cashier', email: 'cashier@vakhta.example', name: 'Марина Савчук' },
  { role: 'attendant', email: 'attendant@vakhta.example', name: 'Павел Лис' },
  { role: 'auditor', email: 'auditor@vakhta.example', name: 'Вера Громова' },
] as const;

const desks = ['Касса 1', 'Касса 2'];
const FLOAT_MINOR = 500_000;

/** What is decided of a hall in the demo: amounts in kopecks. */
const rules = {
  timeZone: 'Europe/Minsk',
  gameDayStart: '06:00',
  currency: 'BYN',
  minorDigits: 2 as const,
  policy: { twoPersonLimitMinor: 50_000, shiftToleranceMinor: 100 },
};
/** No simulated game takes more or pays more. */
const LIMITS = { maxBetCredits: 100, maxWinCredits: 100_000 };

interface Opening {
  url: string;
  organisation: string;
  /** Of everybody in the demo. */
  password: string;
  clock: Clock;
}

/** Makes the hall's site a casino that works: machines on the floor, desks, staff, guests, a shift. What is there stays. */
export async function openHall(
  api: ApiClient,
  { url, organisation, password, clock }: Opening,
): Promise<void> {
  const sites = await api.call(siteRoutes.listSites, { query: { limit: 1000 } });
  const hall = sites.items.find(({ name }) => name === HALL_NAME)?.id;
  if (hall === undefined) throw new AppError('demo.no_hall', `the site ${HALL_NAME} was removed`);
  await api.call(casinoFloorRoutes.setHall, { params: { hall }, body: rules });
  await placeMachines(api, hall, clock);
  const { items: there } = await api.call(casinoCashRoutes.listDesks, { params: { hall } });
  for (const desk of desks)
    if (!there.some((one) => one.desk === desk))
      await api.call(casinoFloorRoutes.addDesk, {
        params: { hall },
        body: { desk, openingMinor: FLOAT_MINOR },
      });
  await hireStaff(api, password);
  await seedGuests(api, { hall, clock });
  await seatGuests(api, hall);
  await openShift({ url, organisation, password, hall });
}

/** Puts each machine on the floor as it told that it is, and has it read: what was told before belonged to no floor. */
async function placeMachines(api: ApiClient, hall: string, clock: Clock): Promise<void> {
  const floor = await api.call(casinoFloorRoutes.readFloor, { params: { hall } });
  const placed = new Set(floor.items.map(({ machine }) => machine));
  for (;;) {
    const things = (await listHall(api)).filter(({ name }) => !placed.has(name));
    if (things.length === 0) return;
    for (const thing of things) {
      const identity = identityOf(thing);
      if (!identity) continue;
      const body = { machine: thing.name, thing: thing.id, position: thing.name, ...identity, ...LIMITS };
      await api.call(casinoFloorRoutes.addMachine, { params: { hall }, body });
      await api.call(commandRoutes.actOnThing, { params: { thing: thing.id, action: 'readNow' }, body: {} });
      placed.add(thing.name);
    }
    await sleep(clock, seconds(0.2));
  }
}

/** Undefined until the machine has told all of it. */
function identityOf({ properties }: Thing) {
  const text = (name: string) => {
    const value = properties[name]?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const [serial, creditValue, payback] = [text('serial'), text('creditValue'), text('payback')];
  if (serial === undefined || creditValue === undefined || payback === undefined) return undefined;
  return {
    serial,
    denominationMinor: Math.round(Number.parseFloat(creditValue) * 100),
    parHoldPct: (100 - Number.parseFloat(payback)).toFixed(2),
  };
}

async function hireStaff(api: ApiClient, password: string): Promise<void> {
  const { items } = await api.call(memberRoutes.listMembers, { query: { limit: 1000 } });
  for (const { role, email, name } of staff)
    if (!items.some((one) => one.email === email))
      await api.call(memberRoutes.addMember, { body: { email, name, password, roles: [role] } });
}

/** Every third machine has a guest whom the desk knows. */
async function seatGuests(api: ApiClient, hall: string): Promise<void> {
  const { items } = await api.call(casinoFloorRoutes.readFloor, { params: { hall } });
  const free = items.filter((_, index) => index % 3 === 0);
  const seated = new Set(items.map(({ player }) => player));
  for (const [index, player] of guestNames.slice(0, -3).entries()) {
    const machine = free[index];
    if (!machine || machine.player !== null || seated.has(player)) continue;
    await api.call(casinoActRoutes.seatGuest, {
      params: { hall, machine: machine.machine },
      body: { player },
    });
  }
}

/** The cashier begins the shift at the first desk. */
async function openShift({ url, organisation, password, hall }: Omit<Opening, 'clock'> & { hall: string }) {
  const cashier = staff.find(({ role }) => role === 'cashier')!;
  const token = await makeToken(url, { email: cashier.email, password }, organisation);
  const api = createClient({ server: url, token, organisation: () => organisation });
  const { items } = await api.call(casinoCashRoutes.listDesks, { params: { hall } });
  const [first] = items;
  if (!first || (first.shift && first.shift.state !== 'closed')) return;
  await api.call(casinoActRoutes.openShift, {
    params: { hall, desk: first.desk },
    body: { countMinor: FLOAT_MINOR },
  });
}
