import { bcd, byte, countField, creditsField, game, hex, lowBits, topBit } from '../codec/fields/index.ts';
import { type LayoutValue, layout } from '../codec/layout.ts';

/**
 * Facts 7: data of real-time events. An event may also come without its data. Codes that are not here have none that
 * is known.
 */
export const eventData = {
  '4F': layout({ countryCode: bcd(1), billDenomCode: bcd(1), billCount: countField() }),
  '7C': layout({
    multiplier: byte(),
    multipliedWinCredits: creditsField(),
    taxStatus: byte({ 0: 'deductible', 1: 'non-deductible', 2: 'wager match' }),
    bonusCredits: creditsField(),
  }),
  '7E': layout({
    wageredCredits: creditsField(2),
    coinIn: creditsField(),
    /** Bits 0-5 denomination code, 6 multi-denomination game, 7 maximum bet. */
    wagerType: hex(1),
    progressiveGroup: byte(),
  }),
  '7F': layout({ winCredits: creditsField() }),
  '88': layout({ reelNumber: byte(), reelStop: byte({ 255: 'unknown' }) }),
  '8A': layout({ game: game(), entryIndex: bcd(2) }),
  '8B': layout({ held: topBit(), cardNumber: lowBits('held') }),
  '8C': layout({ game: game() }),
};

export type EventWithData = keyof typeof eventData;
export type EventData<C extends EventWithData> = LayoutValue<(typeof eventData)[C]>;

export const hasEventData = (code: string): code is EventWithData => Object.hasOwn(eventData, code);
