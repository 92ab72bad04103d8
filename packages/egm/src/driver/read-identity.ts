import {
  type Ask,
  denominationValue,
  type MessageName,
  type Messages,
  type PollFailureCode,
  type RequestFields,
  type ResponseFields,
  type SasHost,
} from '@vakhta/sas';
import type { Configuration, Identity } from '../facts/index.ts';

/** Who a machine says it is, and how it is set up; undefined when the link went down over it. */
export interface MachineAnswers {
  readonly identity: Omit<Identity, 'cause' | 'isChanged'>;
  readonly configuration: Omit<Configuration, 'isChanged'>;
}

/** A machine may work on its signature for a while. */
const signatureWithin = 20_000;

export async function readIdentity(
  host: Pick<SasHost, 'ask' | 'next'>,
  romSeed: string | undefined,
): Promise<MachineAnswers | undefined> {
  const read = reader(host.ask);
  const info = await read('machineInfo', {});
  if (info === 'lost') return undefined;
  const version = await read('versionAndSerial', {});
  if (version === 'lost') return undefined;
  const features = await read('enabledFeatures', { game: 0 });
  if (features === 'lost') return undefined;
  const status = await read('aftLock', { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 });
  if (status === 'lost') return undefined;
  const romSignature = romSeed === undefined ? null : await readSignature(host, romSeed);
  if (romSignature === 'lost') return undefined;
  const denomination = info?.denomCode ?? null;
  return {
    identity: {
      serial: version?.serialNumber.trim() || null,
      romSignature,
      sasVersion: version?.sasVersion ?? null,
      gameId: info?.gameId ?? null,
      paytable: info?.paytableId ?? null,
      assetNumber: status?.assetNumber ?? null,
    },
    configuration: {
      creditTenThousandths: denomination === null ? null : (denominationValue(denomination) ?? null),
      denominationCode: denomination,
      maxBetCredits: info?.maxBet ?? null,
      basePaybackPercent: info?.basePercent ?? null,
      wonCreditsMeterModel: features?.features.wonCreditsMeterModel ?? null,
      ticketsInDropAndCancelled: features?.features.ticketsInDropAndCancelled ?? null,
      hasExtendedMeters: features?.features.extendedMeters ?? null,
      hasAft: features?.features.aft ?? null,
      transferLimitCents: status?.transferLimitCents ?? null,
    },
  };
}

/** The fields of an answer; undefined of a machine that does not know the poll. */
const reader =
  (ask: Ask) =>
  async <N extends MessageName>(
    poll: N,
    fields: RequestFields<Messages[N]>,
  ): Promise<ResponseFields<Messages[N]> | undefined | 'lost'> => {
    const outcome = await ask(poll, fields, { priority: 'conversation' });
    if (outcome.ok) return outcome.kind === 'data' ? outcome.fields : undefined;
    return isUnknown(outcome.error.code) ? undefined : 'lost';
  };

/** The machine answers, but not this. */
const isUnknown = (code: PollFailureCode): boolean => code === 'sas.silent' || code === 'sas.refused';

async function readSignature(
  host: Pick<SasHost, 'ask' | 'next'>,
  seed: string,
): Promise<string | null | 'lost'> {
  const told = host.next('romSignature', { within: signatureWithin });
  const asked = await host.ask('romSignature', { seed }, { priority: 'conversation' });
  if (!asked.ok) return isUnknown(asked.error.code) ? null : 'lost';
  return (await told)?.signature ?? null;
}
