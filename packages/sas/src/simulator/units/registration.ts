import type { RequestFields } from '../../codec/message.ts';
import type { Messages } from '../../messages/registry.ts';
import type { Answer } from '../port/conversation.ts';
import type { Cabinet } from './cabinet.ts';

const noKey = '0'.repeat(40);

/** Facts 8.5, 73: 00 then 01, with the machine's asset number and a key that is not zero. */
export class Registration {
  readonly #cabinet: Cabinet;
  #status: 0x00 | 0x01 | 0x40 | 0x80 = 0x80;
  #key = noKey;
  #posId = 0;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  get isRegistered(): boolean {
    return this.#status === 0x01;
  }

  accepts(key: string): boolean {
    return this.isRegistered && key.toUpperCase() === this.#key;
  }

  receive(request: RequestFields<Messages['aftRegister']>): Answer {
    const matches = request.assetNumber === this.#cabinet.setup.assetNumber;
    const key = request.registrationKey?.toUpperCase() ?? noKey;
    if (request.registrationCode === 0x80) {
      this.#status = 0x80;
      this.#key = noKey;
    } else if (request.registrationCode === 0x00 && matches) {
      this.#status = 0x00;
      this.#key = key;
    } else if (request.registrationCode === 0x01 && matches && this.#status === 0x00 && key !== noKey) {
      this.#status = 0x01;
      this.#key = key;
      if (request.posId !== undefined && request.posId !== 0xffffffff) this.#posId = request.posId;
    } else if (request.registrationCode === 0x40 && matches) {
      this.#status = 0x40;
      this.#cabinet.raise({ code: '6C' });
    }
    return {
      kind: 'data',
      fields: {
        registrationStatus: this.#status,
        assetNumber: this.#cabinet.setup.assetNumber,
        registrationKey: this.#key,
        posId: this.#posId,
      },
    };
  }
}
