import type { RequestFields, ResponseFields } from '../codec/message.ts';
import type { Cents } from '../codec/money.ts';
import type { MessageName, Messages } from '../messages/index.ts';
import type { Features } from '../tables/features.ts';
import type { Ask } from './polls/ask.ts';

/** What is known of a machine: by its own word, and by what it leaves unanswered. */
export interface Capabilities {
  readonly gameId: string | undefined;
  readonly denomCode: number | undefined;
  readonly maxBet: number | undefined;
  readonly paytableId: string | undefined;
  readonly sasVersion: string | undefined;
  readonly serialNumber: string | undefined;
  readonly features: Features | undefined;
  readonly assetNumber: number | undefined;
  readonly transferLimitCents: Cents | undefined;
  readonly transferHistory: number | undefined;
  readonly enabledGames: readonly number[] | undefined;
  /** Polls that went unanswered while the machine answered others. */
  readonly unsupported: readonly MessageName[];
}

/** Asks a machine what it is (facts 5.2, 9.4). Undefined when the link went down over it. */
export async function discover(ask: Ask): Promise<Capabilities | undefined> {
  const unsupported: MessageName[] = [];
  let lost = false;
  const read = async <N extends MessageName>(
    poll: N,
    fields: RequestFields<Messages[N]>,
  ): Promise<Partial<ResponseFields<Messages[N]>>> => {
    const outcome = await ask(poll, fields, { priority: 'conversation' });
    if (outcome.ok) return outcome.kind === 'data' ? outcome.fields : {};
    if (outcome.error.code === 'sas.silent') unsupported.push(poll);
    else if (outcome.error.code === 'sas.down' || outcome.error.code === 'sas.stopped') lost = true;
    return {};
  };
  const info = await read('machineInfo', {});
  const version = await read('versionAndSerial', {});
  const features = await read('enabledFeatures', { game: 0 });
  const games = await read('enabledGames', {});
  const known = features.features;
  const transfers =
    known?.aft === false
      ? {}
      : await read('aftLock', { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 });
  if (lost) return undefined;
  return {
    gameId: info.gameId,
    denomCode: info.denomCode,
    maxBet: info.maxBet,
    paytableId: info.paytableId,
    sasVersion: version.sasVersion,
    serialNumber: version.serialNumber,
    features: known,
    assetNumber: transfers.assetNumber,
    transferLimitCents: transfers.transferLimitCents,
    transferHistory: transfers.maxBufferIndex,
    enabledGames: games.enabledGames,
    unsupported,
  };
}
