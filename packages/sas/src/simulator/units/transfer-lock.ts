import type { Timer } from '@vakhta/kernel';
import type { RequestFields } from '../../codec/message.ts';
import type { Messages } from '../../messages/registry.ts';
import type { Answer } from '../port/conversation.ts';
import { type Cabinet, centsOf } from './cabinet.ts';
import type { Registration } from './registration.ts';
import type { Transfers } from './transfers.ts';

/** Facts 8.5, 74: locks the game for a transfer, and tells balances and what can be transferred. */
export class TransferLock {
  readonly #cabinet: Cabinet;
  readonly #transfers: Transfers;
  readonly #registration: Registration;
  #expiry: Timer | undefined;
  #reissue: Timer | undefined;

  constructor(cabinet: Cabinet, transfers: Transfers, registration: Registration) {
    this.#cabinet = cabinet;
    this.#transfers = transfers;
    this.#registration = registration;
  }

  get isLocked(): boolean {
    return this.#expiry !== undefined;
  }

  receive(request: RequestFields<Messages['aftLock']>): Answer {
    if (request.lockCode === 0x80) this.release();
    else if (request.lockCode === 0x00 && !this.isLocked) {
      this.#expiry = this.#cabinet.clock.after(request.lockTimeout * 10, () => this.release());
      this.#reissue = this.#cabinet.raiseUntilServed('6F', 5000);
    }
    return this.#status();
  }

  release(): void {
    this.#expiry?.cancel();
    this.#reissue?.cancel();
    this.#expiry = undefined;
    this.#reissue = undefined;
    this.#cabinet.clear('6F');
  }

  #status(): Answer {
    const { ledger, setup, features } = { ...this.#cabinet, features: this.#cabinet.setup.features };
    const cents = (account: 'cashable' | 'restricted' | 'nonrestricted') =>
      centsOf(this.#cabinet, ledger.balance(account));
    const hex = (value: number) => value.toString(16).toUpperCase().padStart(2, '0');
    return {
      kind: 'data',
      fields: {
        assetNumber: setup.assetNumber,
        lockStatus: this.isLocked ? 0x00 : 0xff,
        availableTransfers: hex(0x01 | 0x02 | (features.aftBonusAwards ? 0x10 : 0)),
        hostCashoutStatus: hex(this.#transfers.hostCashout),
        aftStatus: hex(
          (this.#cabinet.quirks.noPartialToHost ? 0 : 0x02) |
            (this.#registration.isRegistered ? 0x08 | 0x40 : 0) |
            0x10 |
            (features.aftBonusAwards ? 0x20 : 0) |
            0x80,
        ),
        maxBufferIndex: 70,
        currentCashableCents: cents('cashable'),
        currentRestrictedCents: cents('restricted'),
        currentNonrestrictedCents: cents('nonrestricted'),
        transferLimitCents: setup.transferLimitCents,
        restrictedExpiration: '00000000',
        restrictedPoolId: 0,
      },
    };
  }
}
