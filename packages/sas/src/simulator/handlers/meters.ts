import type { MeterReading } from '../../codec/fields/index.ts';
import { meters as table } from '../../tables/meters.ts';
import type { Machine } from '../machine.ts';
import type { Answer } from '../port/conversation.ts';
import { data, type Handlers, silence } from './handler.ts';

const read = (machine: Machine, code: string): number => machine.meters.read(code) ?? 0;
const credits = (code: string) => (machine: Machine) => data({ credits: read(machine, code) });
const count = (code: string) => (machine: Machine) => data({ count: read(machine, code) });
const isGame = (game: number): boolean => game <= 1;

/** The machine has one game, so its meters are those of the machine. */
const extended = (machine: Machine, { game, meterCodes }: { game: number; meterCodes: string[] }): Answer => {
  if (!isGame(game)) return silence;
  const { missingMeters, meterBytes } = machine.quirks;
  const meters = meterCodes.map((code): MeterReading => {
    const value = missingMeters.includes(code) ? undefined : machine.meters.read(code);
    if (value === undefined) return { code, value: null, bytes: 0 };
    return { code, value, bytes: meterBytes ?? table.get(code)!.bytes };
  });
  return data({ game, meters });
};

/** Polls of meters (facts 5.2). */
export const meterHandlers: Handlers = {
  totalCancelledCredits: credits('0004'),
  totalCoinIn: credits('0000'),
  totalCoinOut: credits('0001'),
  totalDrop: credits('0024'),
  totalJackpot: credits('0002'),
  gamesPlayed: count('0005'),
  gamesWon: count('0006'),
  gamesLost: count('0007'),
  trueCoinIn: credits('0008'),
  trueCoinOut: credits('0009'),
  bills1: count('0040'),
  bills2: count('0041'),
  bills5: count('0042'),
  bills10: count('0043'),
  bills20: count('0044'),
  bills50: count('0046'),
  bills100: count('0047'),
  bills200: count('0048'),
  bills500: count('004A'),
  bills1000: count('004B'),
  billCredits: credits('000B'),
  billsInStacker: count('003E'),
  stackerCredits: credits('003F'),
  currentCredits: credits('000C'),
  meters10to15: (machine) =>
    data({
      cancelledCredits: read(machine, '0004'),
      coinIn: read(machine, '0000'),
      coinOut: read(machine, '0001'),
      drop: read(machine, '0024'),
      jackpot: read(machine, '0002'),
      gamesPlayed: read(machine, '0005'),
    }),
  meters11to15: (machine) =>
    data({
      coinIn: read(machine, '0000'),
      coinOut: read(machine, '0001'),
      drop: read(machine, '0024'),
      jackpot: read(machine, '0002'),
      gamesPlayed: read(machine, '0005'),
    }),
  machineMeters: (machine) =>
    data({
      coinIn: read(machine, '0000'),
      coinOut: read(machine, '0001'),
      drop: read(machine, '0024'),
      jackpot: read(machine, '0002'),
      gamesPlayed: read(machine, '0005'),
      gamesWon: read(machine, '0006'),
      slotDoorOpened: machine.counters.slotDoorOpened,
      powerResets: machine.counters.powerResets,
    }),
  billMeters: (machine) =>
    data({
      bills1: read(machine, '0040'),
      bills5: read(machine, '0042'),
      bills10: read(machine, '0043'),
      bills20: read(machine, '0044'),
      bills50: read(machine, '0046'),
      bills100: read(machine, '0047'),
    }),
  billValue: (machine) => data({ wholeUnits: machine.counters.billUnits }),
  gamesSince: (machine) =>
    data({
      gamesSincePowerUp: read(machine, '0025') % 10_000,
      gamesSinceDoorClose: read(machine, '0026') % 10_000,
    }),
  handPaidCancelledCredits: (machine, { game }) =>
    isGame(game) ? data({ game, handPaidCancelledCredits: read(machine, '0003') }) : silence,
  selectedMeters(machine, { game, meterCodes }) {
    if (!isGame(game)) return silence;
    // A code that is not known is left out: the length byte tells.
    const meters = meterCodes.flatMap((code): MeterReading[] => {
      const value = machine.meters.read(code);
      return value === undefined ? [] : [{ code, value, bytes: table.get(code)!.bytes }];
    });
    return data({ game, meters });
  },
  extendedMeters: extended,
  extendedMetersAgain: extended,
  gameMeters: (machine, { game }) =>
    isGame(game)
      ? data({
          game,
          coinIn: read(machine, '0000'),
          coinOut: read(machine, '0001'),
          jackpot: read(machine, '0002'),
          gamesPlayed: read(machine, '0005'),
        })
      : silence,
  hopperStatus: () => data({ hopperStatus: 0, percentFull: 0xff }),
  lastBill: (machine) => data(machine.lastBill),
};
