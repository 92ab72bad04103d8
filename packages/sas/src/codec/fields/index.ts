export { list, type Sized, sized, values } from './composites.ts';
export { derived, either, lowBits, topBit, when } from './conditions.ts';
export {
  bcd,
  byte,
  centsField,
  countField,
  creditsField,
  flag,
  game,
  littleEndian,
} from './integers.ts';
export { type MeterReading, meterCodes, meterReadings, unparsedMeters } from './meters.ts';
export {
  countedHex,
  countedText,
  date,
  digits,
  expiration,
  hex,
  mask,
  percent,
  restDigits,
  restText,
  text,
  time,
} from './texts.ts';
