import type { MessageName } from '../messages/index.ts';
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
  readonly transferLimitCents: number | undefined;
  readonly transferHistory: number | undefined;
  readonly enabledGames: readonly number[] | undefined;
  /** Polls that went unanswered while the machine answered others. */
  readonly unsupported: readonly MessageName[];
}

/** Asks a machine what it is (facts 5.2, 9.4). Undefined when the link went down over it. */
export async function discover(ask: Ask): Promise<Capabilities | undefined> {
  const unsupported: MessageName[] = [];
  let lost = false;
  const read = async <N extends MessageName>(poll: N, fields: Parameters<Ask>[1]) => {
    const outcome = await ask(poll, fields as never, { priority: 'conversation' });
    if (outcome.ok) return outcome.kind === 'data' ? outcome.fields : {};
    if (outcome.error.code === 'sas.silent') unsupported.push(poll);
    else if (outcome.error.code === 'sas.down' || outcome.error.code === 'sas.stopped') lost = true;
    return {};
  };
  const info = await read('machineInfo', {});
  const version = await read('versionAndSerial', {});
  const features = await read('enabledFeatures', { game: 0 });
  const games = await read('enabledGames', {});
  const known = features.features as Features | undefined;
  const transfers =
    known?.aft === false
      ? {}
      : await read('aftLock', { lockCode: 0xff, transferCondition: '00', lockTimeout: 0 });
  if (lost) return undefined;
  return {
    gameId: text(info.gameId),
    denomCode: number(info.denomCode),
    maxBet: number(info.maxBet),
    paytableId: text(info.paytableId),
    sasVersion: text(version.sasVersion),
    serialNumber: text(version.serialNumber),
    features: known,
    assetNumber: number(transfers.assetNumber),
    transferLimitCents: number(transfers.transferLimitCents),
    transferHistory: number(transfers.maxBufferIndex),
    enabledGames: games.enabledGames as number[] | undefined,
    unsupported,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
