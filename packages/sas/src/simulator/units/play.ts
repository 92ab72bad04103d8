import type { Machine } from '../machine.ts';
import { centsOf, creditsOf } from './cabinet.ts';

/** Facts 9.2: whole currency units, and the count meter, of the bill codes that machines take. */
const bills: Readonly<Record<number, readonly [units: number, meter: string, maskBit: number]>> = {
  0: [1, '0040', 0],
  1: [2, '0041', 1],
  2: [5, '0042', 2],
  3: [10, '0043', 3],
  4: [20, '0044', 4],
  6: [50, '0046', 6],
  7: [100, '0047', 7],
  8: [200, '0048', 8],
  10: [500, '004A', 10],
  11: [1000, '004B', 11],
};

/** What a player does: games, bills, tickets, cash-out. */
export class Play {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** One whole game at this instant; `paidBy` the machine to the credit meter, or the attendant as a jackpot. */
  game(betCredits: number, winCredits: number, paidBy: 'machine' | 'attendant' = 'machine'): void {
    const { ledger, meters, setup } = this.#machine;
    const { denomCode, maxBet, progressiveGroup } = setup.identity;
    this.#bet(betCredits);
    meters.add('0000', betCredits);
    meters.add('0005', 1);
    this.#machine.addDerived('0025', 1);
    this.#machine.addDerived('0026', 1);
    const wagerType = denomCode | (betCredits === maxBet ? 0x80 : 0);
    this.#machine.raise({
      code: '7E',
      data: {
        wageredCredits: betCredits,
        coinIn: meters.read('0000'),
        wagerType: wagerType.toString(16).toUpperCase().padStart(2, '0'),
        progressiveGroup,
      },
    });
    if (paidBy === 'machine') {
      ledger.move('house', 'cashable', winCredits);
      meters.add('0001', winCredits);
      this.#machine.addDerived('001C', winCredits);
    } else this.#jackpot(winCredits);
    this.#machine.addDerived('0022', winCredits);
    meters.add(winCredits > 0 ? '0006' : '0007', 1);
    this.#machine.raise({ code: '7F', data: { winCredits } });
  }

  /** Restricted credits go first, as house rules have it, then nonrestricted, then cash. */
  #bet(credits: number): void {
    const { ledger } = this.#machine;
    let left = credits;
    for (const account of ['restricted', 'nonrestricted', 'cashable'] as const) {
      const part = account === 'cashable' ? left : Math.min(left, ledger.balance(account));
      ledger.move(account, 'house', part);
      if (account === 'restricted') this.#machine.addDerived('0019', part);
      if (account === 'nonrestricted') this.#machine.addDerived('001A', part);
      left -= part;
    }
  }

  #jackpot(credits: number): void {
    const { ledger, meters, handpays } = this.#machine;
    ledger.move('house', 'handpay', credits);
    const handpay = { progressiveGroup: 0, level: 0, amount: credits, partialPayCredits: 0, resetId: 1 };
    handpays.add(handpay, (toCreditMeter) => {
      ledger.move('handpay', toCreditMeter ? 'cashable' : 'attendant', credits);
      meters.add(toCreditMeter ? '0001' : '0002', credits);
      this.#machine.addDerived(toCreditMeter ? '001C' : '001F', credits);
    });
  }

  /** A bill is stacked; false when the acceptor does not take it. */
  bill(countryCode: number, billDenomCode: number): boolean {
    const { ledger, meters, switches, counters } = this.#machine;
    const [units, meter, bit] = bills[billDenomCode] ?? [];
    if (units === undefined || meter === undefined || bit === undefined) return false;
    const credits = creditsOf(this.#machine, units * 100);
    if (!switches.billsEnabled || ((switches.billMask >> bit) & 1) === 0 || credits === undefined)
      return false;
    ledger.move('bills', 'cashable', credits);
    meters.add('000B', credits);
    meters.add(meter, 1);
    this.#machine.addDerived('0024', credits);
    this.#machine.addDerived('003E', 1);
    this.#machine.addDerived('003F', credits);
    counters.billUnits += units;
    this.#machine.lastBill = { countryCode, billDenomCode, billCount: meters.read(meter) ?? 0 };
    this.#machine.raise({ bill: this.#machine.lastBill });
    if (!switches.billsStayEnabled) switches.billsEnabled = false;
    return true;
  }

  /** The player presses cash-out; false when nothing comes of it. */
  cashOut(): boolean {
    const { transfers, cashouts } = this.#machine;
    // Facts 8.5: with host cash-out enabled, the host is asked first; a hard one waits for it.
    if (transfers.hostCashout & 0x02 && this.#machine.ledger.credits > 0) {
      this.#machine.raise({ code: '6A' });
      if (transfers.hostCashout & 0x04) return true;
      this.#machine.clock.after(hostCashoutWait, () => {
        if (!transfers.isOpen) cashouts.begin();
      });
      return true;
    }
    return cashouts.begin();
  }

  /** More than a printer may pay: the attendant pays the credit meter out. */
  cancelCredits(): boolean {
    const { ledger, meters, handpays } = this.#machine;
    const credits = ledger.balance('cashable');
    if (credits === 0) return false;
    ledger.move('cashable', 'handpay', credits);
    const handpay = { progressiveGroup: 0, level: 0x80, amount: credits, partialPayCredits: 0, resetId: 0 };
    handpays.add(handpay, () => {
      ledger.move('handpay', 'attendant', credits);
      meters.add('0003', credits);
      this.#machine.addDerived('0004', credits);
    });
    return true;
  }

  /** The slot door. */
  door(open: boolean): void {
    const { switches, counters, meters } = this.#machine;
    if (switches.doorOpen === open) return;
    switches.doorOpen = open;
    if (open) counters.slotDoorOpened++;
    else meters.set('0026', 0);
    this.#machine.raise({ code: open ? '11' : '12' });
  }

  /** What is on the credit meter, cents. */
  get balanceCents(): number {
    return centsOf(this.#machine, this.#machine.ledger.credits);
  }
}

/** How long a soft host cash-out waits for the host before the ticket (facts 8.5: not certain). */
const hostCashoutWait = 5000;
