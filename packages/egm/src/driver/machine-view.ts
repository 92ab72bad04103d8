import type { Clock, Json } from '@vakhta/kernel';
import { formatDenomination } from '@vakhta/sas';
import type { Reporter } from '@vakhta/things';
import type { Configuration, Handpay, Identity } from '../facts/index.ts';
import type { EgmProperty } from '../model/egm.ts';

/** Somebody plays who has played a game in this time. */
const inPlayFor = 30_000;

const meterProperties = {
  '00': 'coinIn',
  '01': 'coinOut',
  '02': 'jackpot',
  '03': 'handPaidCancelled',
  '04': 'cancelled',
  '05': 'games',
  '06': 'gamesWon',
  '07': 'gamesLost',
  '0B': 'billsIn',
  '0C': 'credits',
  '17': 'electronicIn',
  '18': 'electronicOut',
  '24': 'drop',
} as const satisfies Record<string, EgmProperty>;

/** Which exceptions open and close what a person in front of the machine would see. */
const doors: Readonly<Record<string, readonly [door: string, isOpen: boolean]>> = {
  '11': ['slot', true],
  '12': ['slot', false],
  '13': ['drop', true],
  '14': ['drop', false],
  '15': ['card cage', true],
  '16': ['card cage', false],
  '19': ['cashbox', true],
  '1A': ['cashbox', false],
  '1D': ['belly', true],
  '1E': ['belly', false],
};
const tilts: ReadonlySet<string> = new Set('20 21 22 23 24 25 28 29 2A 40 41 42 43 44 45 46'.split(' '));

/** What is known of a machine now, as its properties. What is not known is null. */
export class MachineView {
  readonly #report: Reporter;
  readonly #clock: Clock;
  readonly #openDoors = new Set<string>();
  #games: number | undefined;
  #playedAt = Number.NEGATIVE_INFINITY;
  #credits: number | undefined;
  #isTilted = false;
  #isPowered = true;
  #isEnabled: boolean | null = null;
  #isHandpay = false;

  constructor(report: Reporter, clock: Clock) {
    this.#report = report;
    this.#clock = clock;
  }

  set(name: EgmProperty, value: Json): void {
    void this.#report.property(name, value);
  }

  onMeters(values: Readonly<Record<string, number>>): void {
    for (const [code, property] of Object.entries(meterProperties))
      if (values[code] !== undefined) this.set(property, values[code]);
    const games = values['05'];
    if (games !== undefined && this.#games !== undefined && games !== this.#games) {
      this.#playedAt = this.#clock.monotonic();
      this.#isTilted = false;
    }
    this.#games = games ?? this.#games;
    this.#credits = values['0C'] ?? this.#credits;
    this.#tellState();
  }

  onException(code: string): void {
    const door = doors[code];
    if (door?.[1]) this.#openDoors.add(door[0]);
    else if (door) this.#openDoors.delete(door[0]);
    if (door) this.set('doorOpen', this.#openDoors.size > 0);
    if (tilts.has(code)) this.#isTilted = true;
    if (code === '18') this.#isPowered = false;
    if (code === '17') this.#isPowered = true;
    if (code === '51') this.#setHandpay(true);
    if (code === '52') {
      this.#setHandpay(false);
      this.set('handpayCents', null);
    }
    this.#tellState();
  }

  onHandpay({ amountCents }: Handpay): void {
    this.#setHandpay(true);
    this.set('handpayCents', amountCents);
    this.#tellState();
  }

  onIdentity(identity: Omit<Identity, 'cause' | 'isChanged'>): void {
    this.set('serial', identity.serial);
    this.set('romSignature', identity.romSignature);
    this.set('gameId', identity.gameId);
    this.set('paytable', identity.paytable);
    this.set('sasVersion', identity.sasVersion);
    this.set('assetNumber', identity.assetNumber);
  }

  onConfiguration(configuration: Omit<Configuration, 'isChanged'>): void {
    const { denominationCode, basePaybackPercent } = configuration;
    this.set('creditValue', denominationCode === null ? null : formatDenomination(denominationCode));
    this.set('payback', basePaybackPercent);
  }

  /** As the machine acknowledged it; null when that is not known. */
  onEnabled(isEnabled: boolean | null): void {
    this.#isEnabled = isEnabled;
    this.set('enabled', isEnabled);
    this.#tellState();
  }

  /** The machine does not answer: what it shows is not known. */
  onDown(): void {
    this.set('playerState', this.#isPowered ? null : 'noPower');
  }

  #setHandpay(isPending: boolean): void {
    this.#isHandpay = isPending;
    this.set('handpayPending', isPending);
  }

  #tellState(): void {
    this.set('playerState', this.#state());
  }

  #state(): string {
    if (!this.#isPowered) return 'noPower';
    if (this.#openDoors.size > 0) return 'doorOpen';
    if (this.#isHandpay) return 'handpay';
    if (this.#isTilted) return 'tilt';
    if (this.#isEnabled === false) return 'disabled';
    if (this.#clock.monotonic() - this.#playedAt < inPlayFor) return 'playing';
    return this.#credits ? 'credits' : 'idle';
  }
}
