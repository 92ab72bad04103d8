import { InvalidArgumentError, Option } from 'commander';
import { type LineAddress, parseLineAddress } from '../transports/index.ts';

/** Reads a line's address off the command line. */
export function lineArgument(text: string): LineAddress {
  const parsed = parseLineAddress(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.error);
  return parsed.value;
}

const within = (least: number, most: number, what: string) => (text: string) => {
  const number = Number(text);
  if (!(number >= least && number <= most))
    throw new InvalidArgumentError(`${what} is from ${least} to ${most}`);
  return number;
};

/** `--address N`: a machine's. */
export const addressOption = (description: string): Option =>
  new Option('--address <number>', description).argParser((text) => {
    const address = within(1, 127, 'an address')(text);
    if (!Number.isInteger(address)) throw new InvalidArgumentError('an address is a whole number');
    return address;
  });

/** `--latency MS`: of the adapter. */
export const latencyOption = (): Option =>
  new Option('--latency <ms>', 'what the adapter adds, instead of what is known of it').argParser(
    within(0, 1000, 'a latency'),
  );

/** `--rounds N`: how often something is done. */
export const roundsOption = (): Option =>
  new Option('--rounds <number>', 'how many general and long polls')
    .argParser(within(1, 1000, 'it'))
    .default(20);

/** `--for SECONDS`. */
export const durationOption = (description: string): Option =>
  new Option('--for <seconds>', description).argParser(within(0.1, 86_400_000, 'a time'));

/** An option that takes a whole number of a range. */
export const wholeOption = (flags: string, description: string, least: number, most: number): Option =>
  new Option(flags, description).argParser((text) => {
    const number = within(least, most, 'it')(text);
    if (!Number.isInteger(number)) throw new InvalidArgumentError('it is a whole number');
    return number;
  });
